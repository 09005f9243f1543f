namespace Akka.Persistence;

/// <summary>Answers LoadSnapshot; the snapshot is null when the criteria select none.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Snapshots".</remarks>
public sealed class LoadSnapshotResult(SelectedSnapshot? snapshot, long toSequenceNr)
{
    /// <summary>The state as it was saved.</summary>
    public SelectedSnapshot? Snapshot { get; } = snapshot;

    /// <summary>Up to which sequence number, inclusive.</summary>
    public long ToSequenceNr { get; } = toSequenceNr;
}
