using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Journal;
using Netclaw.Runtime.Sql.Plugin;
using Netclaw.Runtime.Sql.Store;

namespace Akka.Persistence.Sql.Journal;

/// <summary>The journal plugin over an event store: serializes on the actor's thread, reads and deserializes beside it.</summary>
internal sealed class SqlWriteJournal : EventJournal
{
    private const int MostRows = 1024;
    private const int ChunkBytes = 4 << 20;

    private readonly Akka.Serialization.Serialization _serialization;
    private readonly IScheduler _clock;
    private readonly Opening<IEventStore> _store;

    public SqlWriteJournal(ExtendedActorSystem system, Akka.Configuration.Config config)
    {
        var settings = SqlPluginSettings.Read(config);
        _serialization = system.Serialization;
        _clock = system.Scheduler;
        var faults = StoreFaultSetup.Of(system);
        _store = new(cancel => SqlStores.OpenEvents(settings, faults, cancel));
    }

    public override PreparedEvent Prepare(object payload)
    {
        ImmutableHashSet<string>? tags = null;
        if (payload is Tagged tagged)
        {
            tags = [.. tagged.Tags];
            payload = tagged.Payload;
            foreach (var tag in tags)
            {
                TextLimits.Check("tag", tag, TextLimits.Tag);
            }
        }

        var serializer = _serialization.FindSerializerFor(payload);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, payload);
        TextLimits.Check("manifest", manifest, TextLimits.Manifest);
        return new PreparedEvent(serializer.ToBinary(payload), serializer.Identifier, manifest, tags);
    }

    public override bool Write(JournalWrite write)
    {
        if (_store.Opened is not { } store)
        {
            write.Failure = new InvalidOperationException("The journal is not open: nothing was recovered from it.");
            return true;
        }

        store.Write(new ActorWrite(write)
        {
            PersistenceId = write.PersistenceId,
            WriterUuid = write.WriterUuid,
            FirstSequenceNr = write.FirstSequenceNr,
            Created = _clock.Now.UtcTicks,
            Events = Array.ConvertAll(write.Events, static e => new EventData((byte[])e.Stored, e.SerializerId, e.Manifest, e.Tags)),
        });
        return false;
    }

    public override async Task<long> HighestSequenceNr(string persistenceId, CancellationToken cancel)
    {
        TextLimits.Check("persistence id", persistenceId, TextLimits.PersistenceId);
        var store = await _store.Get(cancel).ConfigureAwait(false);

        // A restarted actor must see what its last instance wrote.
        await store.Drained().WaitAsync(cancel).ConfigureAwait(false);
        return await store.HighestSequenceNr(persistenceId, cancel).ConfigureAwait(false);
    }

    public override async Task<IReadOnlyList<ReplayedEvent>> Read(string persistenceId, long from, long to, long max, CancellationToken cancel)
    {
        var store = await _store.Get(cancel).ConfigureAwait(false);
        var rows = new List<StoredEvent>(MostRows);
        await store.Read(persistenceId, from, to, (int)Math.Min(max, MostRows), ChunkBytes, rows, cancel).ConfigureAwait(false);
        var events = new List<ReplayedEvent>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                events.Add(new ReplayedEvent(row.SequenceNr, Deserialize(persistenceId, row)));
            }
            catch (UnreadableRecordException) when (events.Count > 0)
            {
                break; // what comes before it is handled first; the next read begins with it
            }
        }

        return events;
    }

    public override async Task Delete(string persistenceId, long to)
    {
        var store = await _store.Get(CancellationToken.None).ConfigureAwait(false);
        await store.Delete(persistenceId, to).ConfigureAwait(false);
    }

    public override void Close() => _store.Close();

    private object Deserialize(string persistenceId, in StoredEvent row)
    {
        try
        {
            return _serialization.Deserialize(row.Payload, row.SerializerId, row.Manifest);
        }
        catch (Exception cause)
        {
            throw new UnreadableRecordException(persistenceId, row.SequenceNr, "event", cause);
        }
    }

    private sealed class ActorWrite(JournalWrite write) : EventWrite
    {
        public override void Completed(Exception? failure) => write.Complete(failure);
    }
}
