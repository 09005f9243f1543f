using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;

namespace Akka.Persistence;

/// <summary>
/// Base of persistent actors. Its life:
/// <list type="number">
/// <item>Recovering: a snapshot, then events, then <see cref="RecoveryCompleted"/> go to <see cref="ReceiveRecover"/>; commands wait.</item>
/// <item>Processing: one command at a time goes to <see cref="ReceiveCommand"/>.</item>
/// <item>Persisting: after Persist and PersistAll, until their handlers have run; commands wait.</item>
/// </list>
/// A write that fails ends the actor after <see cref="OnPersistFailure"/>, before any further command: what it would decide on is unknown.
/// Each part of the life is a file of its own.
/// </summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    private readonly ActorCell _cell = ActorCell.Current!;
    private readonly IActorRef _self;
    private readonly string _writerUuid = Guid.NewGuid().ToString();
    private readonly CommandStash _commands;
    private EventJournal? _journal;
    private SnapshotPlugin? _snapshots;
    private ILoggingAdapter? _log;
    private PersistencePhase _phase;

    /// <summary>For the two kinds of persistent actors.</summary>
    protected Eventsourced()
    {
        _self = _cell.Self;
        Extension = Persistence.Instance.Apply(_cell.System);
        _commands = new CommandStash(_cell, Extension.StashCapacity);
    }

    /// <inheritdoc/>
    public abstract string PersistenceId { get; }

    /// <inheritdoc/>
    public virtual Recovery Recovery => Recovery.Default;

    /// <inheritdoc/>
    public virtual IStashOverflowStrategy InternalStashOverflowStrategy => Extension.DefaultInternalStashOverflowStrategy;

    /// <summary>The actor's own stash. What it gives back while the actor waits for its journal waits with the rest.</summary>
    public IStash Stash { get; set; } = null!;

    /// <inheritdoc/>
    public string? JournalPluginId { get; protected set; }

    /// <inheritdoc/>
    public string? SnapshotPluginId { get; protected set; }

    /// <summary>The persistence id under which snapshots are kept.</summary>
    public virtual string SnapshotterId => PersistenceId;

    /// <summary>True until <see cref="RecoveryCompleted"/>.</summary>
    public bool IsRecovering => _phase == PersistencePhase.Recovering;

    /// <summary>True once RecoveryCompleted was handled.</summary>
    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>The number of the last event that was recovered, or stored and handled.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>Under which a snapshot is saved now.</summary>
    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>Of the actor's system.</summary>
    protected PersistenceExtension Extension { get; }

    /// <summary>In the actor's name.</summary>
    protected ILoggingAdapter Log => _log ??= Logging.GetLogger(_cell.System, this);

    /// <summary>Handles a snapshot, an event or RecoveryCompleted. False when unhandled.</summary>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Handles a command. False when unhandled.</summary>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>Runs an asynchronous handler to its end before the next message; it may persist as a synchronous one may.</summary>
    protected void RunTask(Func<Task> action) => Akka.Dispatch.ActorTaskScheduler.RunTask(async () =>
    {
        var failed = true;
        _asyncHandlers++;
        try
        {
            await action();
            failed = false;
        }
        finally
        {
            _asyncHandlers--;
            AfterCommand(failed);
        }
    });

    /// <inheritdoc/>
    protected internal override bool AroundReceive(Receive receive, object message)
    {
        if (message is PersistenceStep step)
        {
            if (ReferenceEquals(step.Owner, this))
            {
                step.Run(this);
            }

            return true;
        }

        _commands.Arrived(message);
        if (_phase == PersistencePhase.Processing)
        {
            return ProcessCommand(receive, message);
        }

        SetAside(message);
        return true;
    }

    /// <inheritdoc/>
    public override void AroundPreStart()
    {
        StartRecovery();
        base.AroundPreStart();
    }

    /// <inheritdoc/>
    public override void AroundPreRestart(Exception cause, object message)
    {
        Leave();
        base.AroundPreRestart(cause, message);
    }

    /// <inheritdoc/>
    public override void AroundPostRestart(Exception reason, object message)
    {
        StartRecovery();
        base.AroundPostRestart(reason, message);
    }

    /// <inheritdoc/>
    public override void AroundPostStop()
    {
        Leave();
        base.AroundPostStop();
    }

    /// <summary>As for any actor, except that answers of snapshot store and journal need no handler: failures are logged.</summary>
    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                break;
            case SaveSnapshotFailure failure:
                Log.Warning("Failed to save the snapshot {0}: {1}", failure.Metadata, failure.Cause.Message);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning("Failed to delete the snapshot {0}: {1}", failure.Metadata, failure.Cause.Message);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning("Failed to delete the snapshots {0}: {1}", failure.Criteria, failure.Cause.Message);
                break;
            case DeleteMessagesFailure failure:
                Log.Warning("Failed to delete the events of {0} up to {1}: {2}", PersistenceId, failure.ToSequenceNr, failure.Cause.Message);
                break;
            default:
                base.Unhandled(message);
                break;
        }
    }

    private bool ProcessCommand(Receive receive, object message)
    {
        var failed = true;
        try
        {
            var handled = base.AroundReceive(receive, message);
            failed = false;
            return handled;
        }
        finally
        {
            // Also when the command failed: what it asked to persist before that is persisted.
            AfterCommand(failed);
        }
    }

    private void SetAside(object message)
    {
        if (_commands.TryAdd(message))
        {
            return;
        }

        switch (InternalStashOverflowStrategy)
        {
            case DiscardToDeadLetterStrategy:
                _cell.System.DeadLetters.Tell(new DeadLetter(message, Sender, _self), Sender);
                break;
            case ReplyToStrategy reply:
                Sender.Tell(reply.Response, _self);
                break;
            default:
                throw new StashOverflowException(
                    $"{_self} cannot take {message.GetType()}: its internal stash holds {Extension.StashCapacity} commands (akka.actor.default-mailbox.stash-capacity).");
        }
    }

    private void Leave()
    {
        EndRun();
        _commands.GiveAllBack();
    }
}
