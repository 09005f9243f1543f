using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Journal;

namespace Akka.Persistence;

/// <summary>
/// Persisting. Calls collect events with their handlers in <c>_collected</c>. When the command is done they are numbered and
/// written together; the journal's answer comes back as a <see cref="JournalWrite"/>, and their handlers run in order.
/// One write is under way at a time, so order needs no further care.
/// </summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract partial class Eventsourced
{
    private List<PendingEvent> _collected = [];
    private List<PendingEvent> _underWay = [];
    private int _handled;
    private bool _writing;
    private int _stashing;
    private int _asyncHandlers;

    /// <summary>
    /// Stores the event, then runs the handler with the command's sender; commands wait until it has run.
    /// </summary>
    /// <exception cref="InvalidOperationException">The actor is recovering.</exception>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler) => Collect([@event], handler, PendingKind.Stashing);

    /// <summary>Stores the events together or not at all, then runs the handler for each. No events: the handler never runs.</summary>
    /// <exception cref="InvalidOperationException">The actor is recovering.</exception>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => Collect(events, handler, PendingKind.Stashing);

    /// <summary>As Persist, but commands go on meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The actor is recovering.</exception>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler) => Collect([@event], handler, PendingKind.Async);

    /// <summary>As PersistAll, but commands go on meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The actor is recovering.</exception>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => Collect(events, handler, PendingKind.Async);

    /// <summary>Runs the handler after the handlers of everything persisted before; at once when nothing is under way. Stores nothing.</summary>
    /// <exception cref="InvalidOperationException">The actor is recovering.</exception>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        RequireRecovered();
        if (_collected.Count == 0 && _underWay.Count == 0)
        {
            handler(evt);
            return;
        }

        _collected.Add(new PendingEvent(evt!, new PersistHandler<TEvent>(handler), _cell.CurrentSender, PendingKind.Deferred, default, null));
    }

    /// <summary>Deletes events up to and including the number; the answer is DeleteMessagesSuccess or DeleteMessagesFailure.</summary>
    public void DeleteMessages(long toSequenceNr) => Tell(
        _journal!.Delete(PersistenceId, toSequenceNr),
        () => new DeleteMessagesSuccess(toSequenceNr),
        cause => new DeleteMessagesFailure(cause, toSequenceNr));

    /// <summary>
    /// A write failed: none of its events is known to be stored. Called for the first of them; afterwards the actor is stopped,
    /// whatever this does. By default logs.
    /// </summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Log.Error(
        cause, "Failed to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}]: {3}",
        @event.GetType(), sequenceNr, PersistenceId, cause.Message);

    /// <summary>An event cannot be stored at all, for example because it cannot be serialized. The actor goes on. By default logs.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Log.Warning(
        "Rejected to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}] due to [{3}].",
        @event.GetType(), sequenceNr, PersistenceId, cause.Message);

    internal void WriteEnded(JournalWrite write)
    {
        _writing = false;
        if (write.Failure is { } failure)
        {
            Fail(failure);
            return;
        }

        RunHandlers();
        AfterCommand();
    }

    internal void GoOnWithHandlers()
    {
        RunHandlers();
        AfterCommand();
    }

    private void Collect<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, PendingKind kind)
    {
        RequireRecovered();
        var first = _collected.Count;
        var shared = new PersistHandler<TEvent>(handler);
        Exception? rejected = null;
        foreach (var e in events is ICollection<TEvent> ? events : [.. events])
        {
            PreparedEvent stored = default;
            try
            {
                stored = _journal!.Prepare(e!);
            }
            catch (Exception cause)
            {
                rejected ??= cause;
            }

            _collected.Add(new PendingEvent(e!, shared, _cell.CurrentSender, kind, stored, rejected));
            if (kind == PendingKind.Stashing)
            {
                _stashing++;
            }
        }

        // One event that cannot be stored rejects its whole call: together or not at all.
        for (var i = first; rejected is not null && i < _collected.Count; i++)
        {
            _collected[i] = _collected[i] with { Rejected = rejected };
        }
    }

    private void RequireRecovered()
    {
        if (IsRecovering)
        {
            throw new InvalidOperationException("Cannot persist during replay. Events can be persisted when receiving RecoveryCompleted or later.");
        }
    }

    /// <summary>Writes what was collected, runs what is ready, and decides whether commands may come.</summary>
    private void AfterCommand(bool failed = false)
    {
        if (_asyncHandlers > 0 || _phase is PersistencePhase.Failed or PersistencePhase.Recovering)
        {
            return;
        }

        while (!_writing && _underWay.Count == 0 && _collected.Count > 0)
        {
            (_underWay, _collected) = (_collected, _underWay);
            if (Write() is { } failure)
            {
                Fail(failure);
                return;
            }

            if (!_writing && failed)
            {
                // Not on an instance that is failing: after a resume they run, after a restart the events are recovered.
                LeaveHandlers();
            }
            else if (!_writing)
            {
                RunHandlers();
            }
        }

        _phase = _stashing > 0 ? PersistencePhase.Persisting : PersistencePhase.Processing;
        if (_phase == PersistencePhase.Processing)
        {
            _commands.GiveNextBack();
        }
    }

    /// <summary>Hands the events under way to the journal. A failure is returned when it is known at once.</summary>
    private Exception? Write()
    {
        var count = 0;
        foreach (var each in _underWay)
        {
            count += each.TakesNumber ? 1 : 0;
        }

        if (count == 0)
        {
            return null;
        }

        var events = new PreparedEvent[count];
        var next = 0;
        foreach (var each in _underWay)
        {
            if (each.TakesNumber)
            {
                events[next++] = each.Stored;
            }
        }

        var write = new JournalWrite(this, _self, PersistenceId, _writerUuid, LastSequenceNr + 1, events);
        _writing = !_journal!.Write(write);
        return _writing ? null : write.Failure;
    }

    private void Tell(Task work, Func<object> success, Func<Exception, object> failure)
    {
        var self = _self;
        _ = Answer();

        async Task Answer()
        {
            object answer;
            try
            {
                await work.ConfigureAwait(false);
                answer = success();
            }
            catch (Exception cause)
            {
                answer = failure(cause);
            }

            self.Tell(answer, ActorRefs.NoSender);
        }
    }
}
