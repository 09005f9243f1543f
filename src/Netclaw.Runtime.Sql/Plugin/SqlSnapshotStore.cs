using Akka.Actor;
using Netclaw.Runtime.Sql.Plugin;
using Netclaw.Runtime.Sql.Store;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>The snapshot store plugin over a snapshot table: serializes on the actor's thread.</summary>
internal sealed class SqlSnapshotStore : Akka.Persistence.Snapshot.SnapshotPlugin
{
    private readonly Akka.Serialization.Serialization _serialization;
    private readonly Opening<ISnapshotTable> _table;

    public SqlSnapshotStore(ExtendedActorSystem system, Akka.Configuration.Config config)
    {
        var settings = SqlPluginSettings.Read(config);
        _serialization = system.Serialization;
        var faults = StoreFaultSetup.Of(system);
        _table = new(cancel => SqlStores.OpenSnapshots(settings, faults, cancel));
    }

    public override async Task Save(SnapshotMetadata metadata, object snapshot)
    {
        var serializer = _serialization.FindSerializerFor(snapshot);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, snapshot);
        TextLimits.Check("persistence id", metadata.PersistenceId, TextLimits.PersistenceId);
        TextLimits.Check("manifest", manifest, TextLimits.Manifest);
        var stored = new StoredSnapshot(
            metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp.Ticks, serializer.ToBinary(snapshot), serializer.Identifier, manifest);
        var table = await _table.Get(CancellationToken.None).ConfigureAwait(false);
        await table.Save(stored).ConfigureAwait(false);
    }

    public override async Task<SelectedSnapshot?> Load(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancel)
    {
        var table = await _table.Get(cancel).ConfigureAwait(false);
        return await table.Load(persistenceId, RangeOf(criteria), cancel).ConfigureAwait(false) is { } found
            ? new SelectedSnapshot(
                new SnapshotMetadata(persistenceId, found.SequenceNr, new DateTime(found.Created, DateTimeKind.Utc)), Deserialize(found))
            : null;
    }

    public override async Task Delete(SnapshotMetadata metadata)
    {
        var table = await _table.Get(CancellationToken.None).ConfigureAwait(false);
        await table.Delete(metadata.PersistenceId, SnapshotRange.Exactly(metadata.SequenceNr)).ConfigureAwait(false);
    }

    public override async Task Delete(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var table = await _table.Get(CancellationToken.None).ConfigureAwait(false);
        await table.Delete(persistenceId, RangeOf(criteria)).ConfigureAwait(false);
    }

    public override void Close() => _table.Close();

    private static SnapshotRange RangeOf(SnapshotSelectionCriteria criteria) => new(
        criteria.MinSequenceNr, criteria.MaxSequenceNr, criteria.MinTimestamp?.Ticks ?? 0, criteria.MaxTimeStamp.Ticks);

    private object Deserialize(StoredSnapshot found)
    {
        try
        {
            return _serialization.Deserialize(found.Payload, found.SerializerId, found.Manifest);
        }
        catch (Exception cause)
        {
            throw new UnreadableRecordException(found.PersistenceId, found.SequenceNr, "snapshot", cause);
        }
    }
}
