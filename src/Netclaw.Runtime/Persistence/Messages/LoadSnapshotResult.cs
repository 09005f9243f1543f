namespace Akka.Persistence;

/// <summary>Answers LoadSnapshot; the snapshot is null when the criteria select none.</summary>
public sealed class LoadSnapshotResult(SelectedSnapshot? snapshot, long toSequenceNr)
{
    public SelectedSnapshot? Snapshot { get; } = snapshot;

    public long ToSequenceNr { get; } = toSequenceNr;
}
