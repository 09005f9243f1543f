namespace Akka.Persistence.Snapshot;

/// <summary>Finds nothing and refuses to keep anything.</summary>
internal sealed class NoSnapshotStore : SnapshotPlugin
{
    public override Task Save(SnapshotMetadata metadata, object snapshot) => Refused();

    public override Task<SelectedSnapshot?> Load(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancel) =>
        Task.FromResult<SelectedSnapshot?>(null);

    public override Task Delete(SnapshotMetadata metadata) => Refused();

    public override Task Delete(string persistenceId, SnapshotSelectionCriteria criteria) => Refused();

    private static Task Refused() =>
        Task.FromException(new InvalidOperationException("No snapshot store is configured: set akka.persistence.snapshot-store.plugin."));
}
