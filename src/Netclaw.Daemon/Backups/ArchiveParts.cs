using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>What an archive says of itself before anything else.</summary>
/// <param name="Gateway">Null in a raw one whose keys could not be read.</param>
/// <param name="Provider"><c>sqlite</c>, or <c>postgresql</c>: then the journal is not in it.</param>
/// <param name="Raw">Files byte by byte, unread: for a home that is damaged.</param>
internal sealed record ArchiveHead(int Form, DateTimeOffset CreatedAt, string Name, long Epoch, string Provider, bool Raw, GatewayId? Gateway = null)
{
    public const int CurrentForm = 1;
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgresql";
}

/// <param name="Path">Under the home, with forward slashes.</param>
/// <param name="Bytes">Of the frames of content that follow.</param>
internal sealed record ArchiveFile(string Path, long Bytes);

/// <param name="Sum">Over the hash of every byte before this frame: keyed with the archive's journal key, base64; null where that could not be read.</param>
internal sealed record ArchiveEnd(long Files, long Records, string? Sum = null);

/// <summary>A row of the journal between numbers and lengths, big-endian: sequence (8), created (8), identifier (8), then persistence id, manifest, writer and message, each behind its length (4).</summary>
internal static class ArchiveRecord
{
    private const int NumbersBytes = 24;
    private const int LengthBytes = 4;

    public static byte[] Pack(StoredRecord row)
    {
        byte[][] fields = [Encoding.UTF8.GetBytes(row.PersistenceId), Encoding.UTF8.GetBytes(row.Manifest), Encoding.UTF8.GetBytes(row.WriterUuid), row.Message.ToArray()];
        var packed = new byte[NumbersBytes + fields.Sum(field => LengthBytes + field.Length)];
        BinaryPrimitives.WriteInt64BigEndian(packed, row.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(packed.AsSpan(8), row.Created);
        BinaryPrimitives.WriteInt64BigEndian(packed.AsSpan(16), row.Identifier);
        var at = NumbersBytes;
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(at), field.Length);
            field.CopyTo(packed, at + LengthBytes);
            at += LengthBytes + field.Length;
        }

        return packed;
    }

    /// <returns>Null for bytes that are none.</returns>
    public static StoredRecord? Unpack(ReadOnlyMemory<byte> packed, long ordering)
    {
        if (packed.Length < NumbersBytes)
        {
            return null;
        }

        var at = NumbersBytes;
        return Field(packed, ref at) is { } id && Field(packed, ref at) is { } manifest && Field(packed, ref at) is { } writer && Field(packed, ref at) is { } message && at == packed.Length
            ? new StoredRecord(
                ordering, Encoding.UTF8.GetString(id.Span), BinaryPrimitives.ReadInt64BigEndian(packed.Span), Deleted: false, message, Encoding.UTF8.GetString(manifest.Span),
                BinaryPrimitives.ReadInt64BigEndian(packed.Span[16..]), BinaryPrimitives.ReadInt64BigEndian(packed.Span[8..]), Encoding.UTF8.GetString(writer.Span))
            : null;
    }

    private static ReadOnlyMemory<byte>? Field(ReadOnlyMemory<byte> packed, ref int at)
    {
        if (packed.Length - at < LengthBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(packed.Span[at..]);
        at += LengthBytes;
        if (length < 0 || length > packed.Length - at)
        {
            return null;
        }

        at += length;
        return packed[(at - length)..at];
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ArchiveHead))]
[JsonSerializable(typeof(ArchiveFile))]
[JsonSerializable(typeof(ArchiveEnd))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
