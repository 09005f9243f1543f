namespace Netclaw.Actors.Journal;

/// <summary>
/// One record as it stands in the journal: what happened, encoded before it was handed over, and its place in a keyed chain
/// (<see cref="RecordEnvelope"/>). The serializer only copies it.
/// </summary>
/// <param name="manifest">The kind of record, stable and apart from CLR names.</param>
/// <param name="prev">The sum of the record before it; empty for the first.</param>
public sealed class JournalRecord(string manifest, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> prev, ReadOnlyMemory<byte> sum)
{
    public string Manifest { get; } = manifest;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public ReadOnlyMemory<byte> Prev { get; } = prev;

    /// <summary>32 bytes.</summary>
    public ReadOnlyMemory<byte> Sum { get; } = sum;

    public override string ToString() => $"{Manifest} ({Bytes.Length} bytes)";
}
