using Akka.Actor;
using Akka.Persistence;
using Netclaw.Protocol;

namespace Netclaw.Actors.Journal;

/// <summary>
/// Base of everything durable. Events are encoded and chained before they are handed to the journal, and checked against the
/// chain when they come back. Whatever cannot be trusted ends the actor and is reported to <see cref="JournalHealth"/> by persistence id
/// and sequence; it is never read as "empty".
/// </summary>
public abstract partial class NetclawPersistentActor<TEvent, TSnapshot> : ReceivePersistentActor
{
    private readonly IRecordCodec<TEvent, TSnapshot> _codec;
    private readonly JournalParts _parts;
    private readonly RecordChain _chain;
    private readonly JournalMetrics _metrics;
    private readonly long _epoch;
    private readonly JournalHead? _known;
    private readonly NotedHead? _noted;
    private JournalWriter? _writer;
    private bool _failed;
    private long _snapshotAt;
    private long _keptSnapshot;

    /// <param name="noted">Where another actor keeps this one's head in its own records; null: <see cref="JournalWriters"/> keeps it, and the mark outside the journal.</param>
    protected NetclawPersistentActor(string persistenceId, IRecordCodec<TEvent, TSnapshot> codec, JournalParts parts, NotedHead? noted = null)
    {
        PersistenceId = persistenceId;
        _codec = codec;
        _parts = parts;
        _noted = noted;
        _chain = new RecordChain(persistenceId, parts.Keys);
        _metrics = new JournalMetrics(noted?.Family ?? persistenceId);
        (_epoch, _known) = (parts.Health.Epoch, noted is null ? parts.Health.Writers.Head(persistenceId) : noted.Head);
        Recover<SnapshotOffer>(Resume);
        Recover<JournalRecord>(Follow);
        Recover<RecoveryCompleted>(_ => Complete());
        RecoverAny(stranger => throw Damage(LastSequenceNr, $"it holds a {stranger.GetType().Name}, not a record of this journal"));
    }

    public sealed override string PersistenceId { get; }

    protected TimeProvider Time => _parts.Time;

    protected JournalHealth Health => _parts.Health;

    /// <summary>The last record that is durable; of sequence 0 before the first.</summary>
    protected JournalHead Head => new(LastSequenceNr, _chain.Head);

    /// <summary>Recovery only: the state of a snapshot, before any event.</summary>
    protected abstract void OnSnapshot(TSnapshot snapshot);

    /// <summary>Recovery only.</summary>
    protected abstract void OnEvent(TEvent @event);

    /// <summary>The whole journal was read and is sound.</summary>
    protected abstract void OnRecovered();

    /// <summary>A write failed: nothing of it may be answered as done. The actor stops right after.</summary>
    protected abstract void OnWriteFailed();

    /// <summary>
    /// One atomic write. <paramref name="written"/> runs once, when all of it is durable and before any other command; without events, at once.
    /// </summary>
    protected void PersistBatch(IReadOnlyList<TEvent> events, Action<IReadOnlyList<JournalRecord>> written)
    {
        if (events.Count == 0)
        {
            written([]);
            return;
        }

        if (_chain.Sequence != LastSequenceNr)
        {
            throw new InvalidOperationException($"{PersistenceId}: the chain stands at {_chain.Sequence}, the journal at {LastSequenceNr}");
        }

        // All encoded before the first is chained: an event that cannot be encoded must not move the chain.
        var encoded = events.Select(_codec.EncodeEvent).ToArray();
        var records = Array.ConvertAll(encoded, each => _chain.Append(each.Manifest, each.Bytes));
        var started = Time.GetTimestamp();
        var left = records.Length;
        PersistAll(records, _ =>
        {
            if (--left > 0)
            {
                return;
            }

            _metrics.Written(Time.GetElapsedTime(started), records.Length);
            Note();
            _parts.Probe.Persisted(PersistenceId, LastSequenceNr);
            written(records);
        });
    }

    /// <summary>As it is stored: whole milliseconds.</summary>
    protected DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>For the constructor of an actor that calls <see cref="SaveIfDue"/>; another one handles the store's answers itself, and calls <see cref="Keep"/>.</summary>
    /// <param name="notSaved">Told why a snapshot was not saved; the next one is tried as if it had been.</param>
    protected void KeepSnapshots(Action<string> notSaved)
    {
        Command<SaveSnapshotSuccess>(Keep);
        Command<SaveSnapshotFailure>(failure => notSaved(failure.Cause.Message));
        Command<DeleteSnapshotsSuccess>(_ => { });
    }

    /// <summary>Saves <paramref name="state"/> when <paramref name="every"/> events or more have come since the last snapshot.</summary>
    protected void SaveIfDue(TSnapshot state, long every)
    {
        if (LastSequenceNr - _snapshotAt >= every)
        {
            _snapshotAt = LastSequenceNr;
            var (manifest, bytes) = _codec.EncodeSnapshot(state);
            SaveAnchored(manifest, bytes);
        }
    }

    /// <summary>The one before is kept too; the journal holds every event anyway.</summary>
    protected void Keep(SaveSnapshotSuccess saved)
    {
        if (_keptSnapshot > 0)
        {
            DeleteSnapshots(new SnapshotSelectionCriteria(_keptSnapshot - 1));
        }

        _keptSnapshot = saved.Metadata.SequenceNr;
    }

    /// <summary>Saves the encoded state after event <see cref="Eventsourced.LastSequenceNr"/>, anchored in the chain.</summary>
    protected void SaveAnchored(string manifest, byte[] bytes) => SaveSnapshot(_chain.Anchor(manifest, bytes));

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        if (!Sabotage.Is(Break.IgnorePersistFailure))
        {
            Fail(cause, sequenceNr);
        }

        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    /// <summary>By default a rejected event is logged and the actor goes on; here it is a failed write like any other.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        if (!_failed)
        {
            base.OnPersistRejected(cause, @event, sequenceNr);
        }

        Fail(cause, sequenceNr);
        Context.Stop(Self);
    }

    /// <summary>Overrides call it: who does not enter is not read anew after a failure.</summary>
    protected override void PreStart()
    {
        _writer = Health.Writers.Enter(PersistenceId, Self, _epoch);
        base.PreStart();
    }

    protected override void PostStop()
    {
        if (_writer is { } writer)
        {
            Health.Writers.Leave(writer);
        }

        _chain.Dispose();
        base.PostStop();
    }

    private void Fail(Exception cause, long sequence)
    {
        if (_failed)
        {
            return;
        }

        _failed = true;
        _metrics.Failed();
        Report(JournalFailureKind.WriteFailed, sequence, cause.Message);
        OnWriteFailed();
    }

    private void Note()
    {
        if (_noted is null)
        {
            Health.Writers.Durable(PersistenceId, Head);
        }
    }

    private JournalDamageException Damage(long sequence, string what, Exception? cause = null) => new(PersistenceId, sequence, what, cause);

    private void Report(JournalFailureKind kind, long sequence, string cause) =>
        Health.Report(new JournalFailure(kind, PersistenceId, sequence, cause, Time.GetUtcNow()));
}
