using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;
using Netclaw.Runtime.Sql.Plugin;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Persistence;

/// <summary>The in-memory journal with the faults of the test: it asks at the same calls as the SQL journals do.</summary>
internal sealed class FaultyMemoryJournal(ExtendedActorSystem system, Config config) : EventJournal
{
    public static readonly string Hocon = $$"""
        akka.persistence.journal { plugin = "akka.persistence.journal.faulty", faulty.class = "{{typeof(FaultyMemoryJournal).AssemblyQualifiedName}}" }
        akka.persistence.snapshot-store { plugin = "akka.persistence.snapshot-store.faulty", faulty.class = "{{typeof(FaultyMemorySnapshots).AssemblyQualifiedName}}" }
        """;

    private readonly MemoryJournal journal = new();
    private readonly IStoreFaults faults = StoreFaultSetup.Of(system)!;

    public Config Config => config;

    public override PreparedEvent Prepare(object payload) => journal.Prepare(payload);

    public override bool Write(JournalWrite write)
    {
        try
        {
            faults.At(StoreCall.Begin);
            faults.At(StoreCall.Insert);
            faults.At(StoreCall.Commit);
            journal.Write(write);
            faults.At(StoreCall.Committed);
        }
        catch (IOException e)
        {
            write.Failure = e;
        }

        return true;
    }

    public override Task<long> HighestSequenceNr(string persistenceId, CancellationToken cancel) =>
        Asked(StoreCall.ReadHighest, () => journal.HighestSequenceNr(persistenceId, cancel));

    public override Task<IReadOnlyList<ReplayedEvent>> Read(string persistenceId, long from, long to, long max, CancellationToken cancel) =>
        Asked(StoreCall.ReadEvents, () => journal.Read(persistenceId, from, to, max, cancel));

    public override Task Delete(string persistenceId, long to) => Asked(StoreCall.Delete, async () =>
    {
        await journal.Delete(persistenceId, to);
        return true;
    });

    private async Task<T> Asked<T>(StoreCall call, Func<Task<T>> then)
    {
        faults.At(call);
        return await then();
    }
}

/// <summary>The in-memory snapshots with the faults of the test.</summary>
internal sealed class FaultyMemorySnapshots(ExtendedActorSystem system, Config config) : SnapshotPlugin
{
    private readonly MemorySnapshotStore snapshots = new();
    private readonly IStoreFaults faults = StoreFaultSetup.Of(system)!;

    public Config Config => config;

    public override async Task Save(SnapshotMetadata metadata, object snapshot)
    {
        faults.At(StoreCall.SaveSnapshot);
        await snapshots.Save(metadata, snapshot);
    }

    public override async Task<SelectedSnapshot?> Load(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancel)
    {
        faults.At(StoreCall.ReadSnapshot);
        return await snapshots.Load(persistenceId, criteria, cancel);
    }

    public override async Task Delete(SnapshotMetadata metadata)
    {
        faults.At(StoreCall.DeleteSnapshot);
        await snapshots.Delete(metadata);
    }

    public override async Task Delete(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        faults.At(StoreCall.DeleteSnapshot);
        await snapshots.Delete(persistenceId, criteria);
    }
}
