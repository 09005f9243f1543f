using Akka.Actor;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;

namespace Akka.Persistence;

/// <summary>
/// Reads one actor's past and tells it in pieces: the snapshot, chunks of events, the end. Reading stays at most
/// <see cref="PiecesAhead"/> pieces ahead of the actor, so that a long past neither waits nor fills the memory.
/// </summary>
internal sealed class RecoveryRun
{
    private const int PiecesAhead = 4;

    private readonly Eventsourced _owner;
    private readonly IActorRef _self;
    private readonly PersistenceExtension _extension;
    private readonly EventJournal _journal;
    private readonly SnapshotPlugin _snapshots;
    private readonly string _persistenceId;
    private readonly string _snapshotterId;
    private readonly Recovery _recovery;
    private readonly SemaphoreSlim _ahead = new(PiecesAhead);
    private readonly CancellationTokenSource _cancel = new();
    private ICancelable? _silence;

    public RecoveryRun(Eventsourced owner, IActorRef self, PersistenceExtension extension, EventJournal journal, SnapshotPlugin snapshots)
    {
        _owner = owner;
        _self = self;
        _extension = extension;
        _journal = journal;
        _snapshots = snapshots;
        _persistenceId = owner.PersistenceId;
        _snapshotterId = owner.SnapshotterId;
        _recovery = owner.Recovery;
    }

    public void Start() => _ = Task.Run(Read);

    /// <summary>Called by the actor whenever the journal told something: from now on it may be silent for so long.</summary>
    public void WatchSilence()
    {
        _silence?.Cancel();
        _silence = _extension.System.Scheduler.ScheduleTellOnceCancelable(
            _extension.RecoveryEventTimeout, _self, new Silence(_owner, _extension.RecoveryEventTimeout), ActorRefs.NoSender);
    }

    /// <summary>The actor has a piece in hand: one more may be read, and the journal is not silent.</summary>
    public void PieceArrived()
    {
        WatchSilence();
        _ahead.Release();
    }

    /// <summary>Called by the actor when it needs no more. Idempotent.</summary>
    public void Cancel()
    {
        _silence?.Cancel();
        _cancel.Cancel();
    }

    private async Task Read()
    {
        try
        {
            await _extension.RecoveryPermits.WaitAsync(_cancel.Token).ConfigureAwait(false);
            try
            {
                _self.Tell(new Begun(_owner), ActorRefs.NoSender);
                await ReadAll(_cancel.Token).ConfigureAwait(false);
            }
            finally
            {
                _extension.RecoveryPermits.Release();
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // The actor has gone or has ended the recovery.
        }
        catch (Exception cause)
        {
            _self.Tell(new Broken(_owner, cause), ActorRefs.NoSender);
        }
    }

    private async Task ReadAll(CancellationToken cancel)
    {
        var next = 1L;
        if (!_recovery.FromSnapshot.Equals(SnapshotSelectionCriteria.None)
            && await _snapshots.Load(_snapshotterId, _recovery.FromSnapshot.Limit(_recovery.ToSequenceNr), cancel).ConfigureAwait(false) is { } snapshot)
        {
            next = snapshot.Metadata.SequenceNr + 1;
            _self.Tell(new SnapshotPiece(_owner, snapshot), ActorRefs.NoSender);
        }

        var highest = await _journal.HighestSequenceNr(_persistenceId, cancel).ConfigureAwait(false);
        var last = Math.Min(highest, _recovery.ToSequenceNr);
        var left = _recovery.ReplayMax;
        while (next <= last && left > 0)
        {
            await _ahead.WaitAsync(cancel).ConfigureAwait(false);
            var events = await _journal.Read(_persistenceId, next, last, left, cancel).ConfigureAwait(false);
            if (events.Count == 0)
            {
                break;
            }

            next = events[^1].SequenceNr + 1;
            left -= events.Count;
            _self.Tell(new EventsPiece(_owner, events), ActorRefs.NoSender);
        }

        _self.Tell(new End(_owner, highest), ActorRefs.NoSender);
    }

    private sealed class Begun(Eventsourced owner) : PersistenceStep(owner)
    {
        public override void Run(Eventsourced actor) => actor.BeginRecovery();
    }

    private sealed class SnapshotPiece(Eventsourced owner, SelectedSnapshot snapshot) : PersistenceStep(owner)
    {
        public override void Run(Eventsourced actor) => actor.Recover(snapshot);
    }

    private sealed class EventsPiece(Eventsourced owner, IReadOnlyList<ReplayedEvent> events) : PersistenceStep(owner)
    {
        public override void Run(Eventsourced actor) => actor.Recover(events);
    }

    private sealed class End(Eventsourced owner, long highest) : PersistenceStep(owner)
    {
        public override void Run(Eventsourced actor) => actor.EndRecovery(highest);
    }

    private sealed class Broken(Eventsourced owner, Exception cause) : PersistenceStep(owner)
    {
        public override void Run(Eventsourced actor) => actor.FailRecovery(cause);
    }

    private sealed class Silence(Eventsourced owner, TimeSpan timeout) : PersistenceStep(owner)
    {
        public override void Run(Eventsourced actor) => actor.FailRecovery(new RecoveryTimedOutException(
            $"Recovery of {actor.PersistenceId} timed out: the journal told nothing for {timeout}."));
    }
}
