using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Journal;

namespace Akka.Persistence;

/// <summary>
/// Recovering. A <see cref="RecoveryRun"/> reads snapshot and events beside the actor and tells it in pieces; the pieces
/// are handled here. Whatever goes wrong ends the actor after <see cref="OnRecoveryFailure"/>.
/// </summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract partial class Eventsourced
{
    private RecoveryRun? _recovery;

    /// <summary>
    /// The state could not be recovered: reading failed, or a handler of an event did (then it is <paramref name="message"/>). Afterwards the
    /// actor is stopped, whatever this does. By default logs.
    /// </summary>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is null)
        {
            Log.Error(reason, "Persistence failure when replaying events for persistenceId [{0}]. Last known sequence number [{1}]: {2}", PersistenceId, LastSequenceNr, reason.Message);
        }
        else
        {
            Log.Error(reason, "Exception in ReceiveRecover when replaying event type [{0}] with sequence number [{1}] for persistenceId [{2}]: {3}", message.GetType(), LastSequenceNr, PersistenceId, reason.Message);
        }
    }

    /// <summary>All events were recovered; called before <see cref="RecoveryCompleted"/>.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    internal void BeginRecovery() => _recovery?.WatchSilence();

    internal void Recover(SelectedSnapshot snapshot)
    {
        _recovery?.WatchSilence();
        LastSequenceNr = snapshot.Metadata.SequenceNr;
        RecoverOne(new SnapshotOffer(snapshot.Metadata, snapshot.Snapshot));
    }

    internal void Recover(IReadOnlyList<ReplayedEvent> events)
    {
        _recovery?.PieceArrived();
        for (var i = 0; i < events.Count && IsRecovering; i++)
        {
            LastSequenceNr = events[i].SequenceNr;
            RecoverOne(events[i].Payload);
        }
    }

    internal void EndRecovery(long highestSequenceNr)
    {
        if (!IsRecovering)
        {
            return;
        }

        EndRun();
        OnReplaySuccess();
        LastSequenceNr = Math.Max(LastSequenceNr, highestSequenceNr);
        _phase = PersistencePhase.Processing;
        var failed = true;
        try
        {
            Offer(RecoveryCompleted.Instance);
            failed = false;
        }
        finally
        {
            AfterCommand(failed);
        }
    }

    internal void FailRecovery(Exception reason, object? message = null)
    {
        if (!IsRecovering)
        {
            return;
        }

        _phase = PersistencePhase.Failed;
        EndRun();
        try
        {
            OnRecoveryFailure(reason, message);
        }
        finally
        {
            Context.Stop(_self);
        }
    }

    private void EndRun()
    {
        _recovery?.Cancel();
        _recovery = null;
    }

    private void StartRecovery()
    {
        if (string.IsNullOrWhiteSpace(PersistenceId))
        {
            throw new ArgumentException($"The PersistenceId of {GetType()} is empty.");
        }

        _journal = Extension.Journal(JournalPluginId);
        _snapshots = Extension.Snapshots(SnapshotPluginId);
        _recovery = new RecoveryRun(this, _self, Extension, _journal, _snapshots);
        _recovery.Start();
    }

    private void RecoverOne(object message)
    {
        try
        {
            Offer(message);
        }
        catch (Exception cause)
        {
            FailRecovery(cause, message);
        }
    }

    private void Offer(object message)
    {
        if (!ReceiveRecover(message))
        {
            Unhandled(message);
        }
    }
}
