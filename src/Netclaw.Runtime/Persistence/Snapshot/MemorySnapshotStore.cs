namespace Akka.Persistence.Snapshot;

/// <summary>Keeps the snapshot objects themselves, for the life of the actor system.</summary>
internal sealed class MemorySnapshotStore : SnapshotPlugin
{
    private readonly Dictionary<string, SortedList<long, SelectedSnapshot>> _snapshots = new(StringComparer.Ordinal);

    public override Task Save(SnapshotMetadata metadata, object snapshot)
    {
        lock (_snapshots)
        {
            Of(metadata.PersistenceId)[metadata.SequenceNr] = new SelectedSnapshot(metadata, snapshot);
        }

        return Task.CompletedTask;
    }

    public override Task<SelectedSnapshot?> Load(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancel)
    {
        lock (_snapshots)
        {
            return Task.FromResult(Of(persistenceId).Values.LastOrDefault(each => criteria.Selects(each.Metadata)));
        }
    }

    public override Task Delete(SnapshotMetadata metadata)
    {
        lock (_snapshots)
        {
            Of(metadata.PersistenceId).Remove(metadata.SequenceNr);
        }

        return Task.CompletedTask;
    }

    public override Task Delete(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        lock (_snapshots)
        {
            var mine = Of(persistenceId);
            foreach (var each in mine.Values.Where(each => criteria.Selects(each.Metadata)).ToArray())
            {
                mine.Remove(each.Metadata.SequenceNr);
            }
        }

        return Task.CompletedTask;
    }

    private SortedList<long, SelectedSnapshot> Of(string persistenceId)
    {
        if (!_snapshots.TryGetValue(persistenceId, out var mine))
        {
            _snapshots[persistenceId] = mine = [];
        }

        return mine;
    }
}
