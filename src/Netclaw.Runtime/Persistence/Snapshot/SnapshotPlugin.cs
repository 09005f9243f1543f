namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store plugin; may be called from any thread. What must be serialized is, before the first await.</summary>
internal abstract class SnapshotPlugin
{
    public abstract Task Save(SnapshotMetadata metadata, object snapshot);

    /// <summary>The youngest snapshot that the criteria select, by sequence number; null when there is none.</summary>
    public abstract Task<SelectedSnapshot?> Load(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancel);

    public abstract Task Delete(SnapshotMetadata metadata);

    public abstract Task Delete(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Called when the actor system ends, after every actor has stopped.</summary>
    public virtual void Close()
    {
    }
}
