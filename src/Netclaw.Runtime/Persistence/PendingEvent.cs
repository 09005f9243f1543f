using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence;

/// <summary>One handler that waits for its event, in the order of the Persist calls.</summary>
/// <param name="Event">What the handler gets.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Sender">Who sent the command that asked; the handler answers it.</param>
/// <param name="Kind">Whether it is stored, and whether commands wait for it.</param>
/// <param name="Stored">The event as the journal stores it; meaningless when deferred or rejected.</param>
/// <param name="Rejected">Why the event cannot be stored at all; null when it can.</param>
internal readonly record struct PendingEvent(
    object Event, PersistHandler Handler, IActorRef? Sender, PendingKind Kind, PreparedEvent Stored, Exception? Rejected)
{
    public bool TakesNumber => Kind != PendingKind.Deferred && Rejected is null;
}

internal enum PendingKind
{
    /// <summary>Stored; commands wait.</summary>
    Stashing,

    /// <summary>Stored; commands go on.</summary>
    Async,

    /// <summary>Not stored, only run in turn.</summary>
    Deferred,
}

/// <summary>A typed handler behind one allocation for all events of a call.</summary>
internal abstract class PersistHandler
{
    public abstract void Handle(object e);
}

internal sealed class PersistHandler<TEvent>(Action<TEvent> handler) : PersistHandler
{
    public override void Handle(object e) => handler((TEvent)e);
}
