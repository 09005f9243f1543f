using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Base of all actors. The runtime makes the instance, calls <see cref="PreStart"/>, then one message at a time,
/// and at the end <see cref="PostStop"/>. On a restart the old instance gets <see cref="PreRestart"/> and a new one
/// <see cref="PostRestart"/>; reference and mailbox stay.
/// </summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public abstract class ActorBase
{
    /// <summary>Only a cell makes actors, through <see cref="Props"/>.</summary>
    protected ActorBase()
    {
        if (ActorCell.Current is null)
        {
            throw new ActorInitializationException(
                $"You cannot create an instance of {GetType()} explicitly using the constructor (new). Use ActorOf with Props to create an actor.");
        }
    }

    /// <exception cref="NotSupportedException">No actor is running on this thread.</exception>
    protected static IActorContext Context => ActorCell.CurrentOrThrow();

    /// <summary>The actor's own reference; stays the same over restarts.</summary>
    protected IActorRef Self => ActorCell.CurrentOrThrow().Self;

    /// <summary>Who sent the current message; dead letters when nobody.</summary>
    protected IActorRef Sender => ActorCell.CurrentOrThrow().Sender;

    /// <summary>A behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    internal bool InvokeReceive(object message) => Receive(message);

    internal void InvokeUnhandled(object message) => Unhandled(message);

    internal SupervisorStrategy? OwnStrategy() => SupervisorStrategy();

    /// <summary>Stands around every message; false means unhandled.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        var handled = receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    /// <summary>Stands around <see cref="PreStart"/>.</summary>
    public virtual void AroundPreStart() => PreStart();

    /// <summary>Stands around <see cref="PostStop"/>.</summary>
    public virtual void AroundPostStop() => PostStop();

    /// <summary>Stands around <see cref="PreRestart"/>, on the old instance.</summary>
    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    /// <summary>Stands around <see cref="PostRestart"/>, on the new instance.</summary>
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>The actor's initial behaviour; false when the message is not handled.</summary>
    protected abstract bool Receive(object message);

    /// <summary>By default publishes <see cref="UnhandledMessage"/>, and fails on a <see cref="Terminated"/> nobody handled.</summary>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Called before the first message of an instance; a failure here stops the actor (ActorInitializationException).</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>By default calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>By default unwatches and stops all children, then calls <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called after the last message and after every child has ended; a failure here is only logged.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>How this actor supervises its children; a strategy in its Props goes first.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Replaces the behaviour for the messages to come.</summary>
    protected void Become(Receive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour above the present one.</summary>
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    /// <summary>Returns to the behaviour below; the lowest stays.</summary>
    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    /// <summary>Sends the actor a ReceiveTimeout when nothing else came for that long; null switches it off.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);
}
