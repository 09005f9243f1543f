using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Actors.Journal;

/// <summary>What a sum stands for: an event cannot be passed off as a snapshot or the other way round.</summary>
internal enum RecordKind : byte
{
    Event = 1,
    Snapshot = 2,
}

/// <summary>
/// Sums records: HMAC-SHA256 over <c>netclaw-record-v1</c>, kind, previous sum, persistence id, sequence, manifest and bytes,
/// every variable field behind its length (32 bits, big-endian), so that no two records share an input. It tells damage, a
/// missing record, reordering and rewriting without the key (runtime.md). Not thread-safe: one per chain.
/// </summary>
public sealed class RecordEnvelope : IDisposable
{
    public const int SumBytes = 32;

    private static readonly byte[] Label = "netclaw-record-v1"u8.ToArray();

    private readonly IncrementalHash _mac;
    private byte[] _head = new byte[256];

    internal RecordEnvelope(ReadOnlySpan<byte> key) => _mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    internal byte[] Sum(
        RecordKind kind, ReadOnlySpan<byte> prev, ReadOnlySpan<byte> persistenceId, long sequence, string manifest, ReadOnlySpan<byte> bytes)
    {
        // Everything but the bytes goes in one piece: a call into the hash costs more than hashing it.
        var length = Label.Length + 1 + 4 + prev.Length + 4 + persistenceId.Length + 8 + 4 + Encoding.UTF8.GetByteCount(manifest) + 4;
        if (_head.Length < length)
        {
            _head = new byte[length];
        }

        Label.CopyTo(_head, 0);
        _head[Label.Length] = (byte)kind;
        var at = Label.Length + 1;
        at = Field(at, prev);
        at = Field(at, persistenceId);
        BinaryPrimitives.WriteInt64BigEndian(_head.AsSpan(at), sequence);
        at += 8;
        var manifestBytes = Encoding.UTF8.GetBytes(manifest, _head.AsSpan(at + 4));
        BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(at), manifestBytes);
        at += 4 + manifestBytes;
        BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(at), bytes.Length);
        _mac.AppendData(_head.AsSpan(0, at + 4));
        _mac.AppendData(bytes);
        return _mac.GetHashAndReset();
    }

    public void Dispose() => _mac.Dispose();

    public override string ToString() => "***";

    private int Field(int at, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(at), value.Length);
        value.CopyTo(_head.AsSpan(at + 4));
        return at + 4 + value.Length;
    }
}
