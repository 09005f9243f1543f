using Akka.Actor;
using Akka.Serialization;

namespace Netclaw.Actors.Journal;

/// <summary>
/// Copies records to and from the journal; encodes nothing itself. Stored: form (1), length of prev (1), prev, length of sum (1),
/// sum, bytes. The record's manifest is the serializer's. Bytes of another form come back as a record without a sum: the chain refuses it
/// and knows its place, which nobody knows here.
/// </summary>
public sealed class NetclawSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stored with every record.</summary>
    public const int Id = 4207;

    private const byte Form = 1;

    public override int Identifier => Id;

    public override string Manifest(object o) => Record(o).Manifest;

    public override byte[] ToBinary(object obj)
    {
        var record = Record(obj);
        var stored = new byte[3 + record.Prev.Length + record.Sum.Length + record.Bytes.Length];
        stored[0] = Form;
        stored[1] = checked((byte)record.Prev.Length);
        record.Prev.Span.CopyTo(stored.AsSpan(2));
        var at = 2 + record.Prev.Length;
        stored[at] = checked((byte)record.Sum.Length);
        record.Sum.Span.CopyTo(stored.AsSpan(at + 1));
        record.Bytes.Span.CopyTo(stored.AsSpan(at + 1 + record.Sum.Length));
        return stored;
    }

    public override object FromBinary(byte[] bytes, string manifest) => Unpack(bytes, manifest);

    /// <summary>What was stored, as a record; checked by nobody yet.</summary>
    public static JournalRecord Unpack(ReadOnlyMemory<byte> stored, string manifest)
    {
        var bytes = stored.Span;
        if (bytes.Length < 3 || bytes[0] != Form || bytes.Length < 3 + bytes[1] || bytes.Length < 3 + bytes[1] + bytes[2 + bytes[1]])
        {
            return new JournalRecord(manifest, stored, default, default);
        }

        var sumAt = 3 + bytes[1];
        var bytesAt = sumAt + bytes[sumAt - 1];
        return new JournalRecord(manifest, stored[bytesAt..], stored[2..(sumAt - 1)], stored[sumAt..bytesAt]);
    }

    private static JournalRecord Record(object o) =>
        o as JournalRecord ?? throw new ArgumentException($"only journal records are stored, not {o.GetType().Name}", nameof(o));
}
