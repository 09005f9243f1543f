namespace Netclaw.Actors.Journal;

/// <summary>
/// How one actor's events and snapshots are stored. Manifests are short, stable and apart from CLR names: what a newer or foreign
/// program wrote is refused, never skipped. Thread-safe.
/// </summary>
public interface IRecordCodec<TEvent, TSnapshot>
{
    (string Manifest, byte[] Bytes) EncodeEvent(TEvent @event);

    /// <exception cref="UnknownManifestException">Nobody here knows that kind of record.</exception>
    TEvent DecodeEvent(string manifest, ReadOnlyMemory<byte> bytes);

    (string Manifest, byte[] Bytes) EncodeSnapshot(TSnapshot snapshot);

    /// <exception cref="UnknownManifestException">Nobody here knows that kind of record.</exception>
    TSnapshot DecodeSnapshot(string manifest, ReadOnlyMemory<byte> bytes);
}
