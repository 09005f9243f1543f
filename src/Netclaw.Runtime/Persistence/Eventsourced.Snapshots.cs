namespace Akka.Persistence;

/// <summary>Snapshots. Every call is answered by a message that goes to <see cref="ReceiveCommand"/>.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract partial class Eventsourced
{
    /// <summary>Keeps the state after event <see cref="SnapshotSequenceNr"/>; answered by SaveSnapshotSuccess or SaveSnapshotFailure.</summary>
    public void SaveSnapshot(object snapshot)
    {
        var metadata = new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr, _cell.System.Scheduler.Now.UtcDateTime);
        Tell(
            Try(() => _snapshots!.Save(metadata, snapshot)),
            () => new SaveSnapshotSuccess(metadata),
            cause => new SaveSnapshotFailure(metadata, cause));
    }

    /// <summary>Looks for a snapshot outside a recovery; answered by LoadSnapshotResult or LoadSnapshotFailed.</summary>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr)
    {
        var found = _snapshots!.Load(persistenceId, criteria.Limit(toSequenceNr), CancellationToken.None);
        Tell(
            found,
            () => new LoadSnapshotResult(found.GetAwaiter().GetResult(), toSequenceNr),
            cause => new LoadSnapshotFailed(cause));
    }

    /// <summary>Deletes the snapshot of that number; answered by DeleteSnapshotSuccess or DeleteSnapshotFailure.</summary>
    public void DeleteSnapshot(long sequenceNr)
    {
        var metadata = new SnapshotMetadata(SnapshotterId, sequenceNr);
        Tell(
            Try(() => _snapshots!.Delete(metadata)),
            () => new DeleteSnapshotSuccess(metadata),
            cause => new DeleteSnapshotFailure(metadata, cause));
    }

    /// <summary>Deletes what the criteria select; answered by DeleteSnapshotsSuccess or DeleteSnapshotsFailure.</summary>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) => Tell(
        Try(() => _snapshots!.Delete(SnapshotterId, criteria)),
        () => new DeleteSnapshotsSuccess(criteria),
        cause => new DeleteSnapshotsFailure(criteria, cause));

    // What fails before the first await, such as serialization, is an answer too.
    private static Task Try(Func<Task> work)
    {
        try
        {
            return work();
        }
        catch (Exception cause)
        {
            return Task.FromException(cause);
        }
    }
}
