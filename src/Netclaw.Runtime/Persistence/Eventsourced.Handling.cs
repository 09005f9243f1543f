using Akka.Actor;

namespace Akka.Persistence;

/// <summary>After a write: the handlers of its events, each with the sender of its command, or what a failed write means.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract partial class Eventsourced
{
    private void RunHandlers()
    {
        var complete = false;
        try
        {
            while (_handled < _underWay.Count)
            {
                if (_handled > 0 && _cell.HasSystemMessages)
                {
                    // A stop that a handler asked for comes before the next handler, as if each were a message of its own.
                    return;
                }

                var pending = _underWay[_handled++];
                if (pending.Kind == PendingKind.Stashing)
                {
                    _stashing--;
                }

                _cell.CurrentSender = pending.Sender;
                RunHandler(pending);
            }

            _underWay.Clear();
            _handled = 0;
            complete = true;
        }
        finally
        {
            if (!complete)
            {
                LeaveHandlers();
            }
        }
    }

    /// <summary>The rest runs as a message of its own; commands wait for it.</summary>
    private void LeaveHandlers()
    {
        _stashing++;
        _phase = PersistencePhase.Persisting;
        _self.Tell(new HandlersLeft(this), ActorRefs.NoSender);
    }

    private void RunHandler(in PendingEvent pending)
    {
        if (pending.Rejected is { } cause)
        {
            OnPersistRejected(cause, pending.Event, LastSequenceNr + 1);
            return;
        }

        if (pending.TakesNumber)
        {
            LastSequenceNr++;
        }

        pending.Handler.Handle(pending.Event);
    }

    private void Fail(Exception failure)
    {
        _phase = PersistencePhase.Failed;
        try
        {
            var sequenceNr = LastSequenceNr + 1;
            foreach (var pending in _underWay)
            {
                _cell.CurrentSender = pending.Sender;
                if (pending.TakesNumber)
                {
                    OnPersistFailure(failure, pending.Event, sequenceNr);
                    break;
                }

                if (pending.Rejected is { } cause)
                {
                    OnPersistRejected(cause, pending.Event, sequenceNr);
                }
            }
        }
        finally
        {
            Context.Stop(_self);
        }
    }

    private sealed class HandlersLeft(Eventsourced owner) : PersistenceStep(owner)
    {
        public override void Run(Eventsourced actor)
        {
            actor._stashing--;
            actor.GoOnWithHandlers();
        }
    }
}
