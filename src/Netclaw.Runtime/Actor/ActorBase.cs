using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Base of all actors. The runtime makes the instance, calls <see cref="PreStart"/>, then one message at a time,
/// and at the end <see cref="PostStop"/>. On a restart the old instance gets <see cref="PreRestart"/> and a new one
/// <see cref="PostRestart"/>; reference and mailbox stay.
/// </summary>
public abstract class ActorBase
{
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

    protected IActorRef Self => ActorCell.CurrentOrThrow().Self;

    /// <summary>Who sent the current message; dead letters when nobody.</summary>
    protected IActorRef Sender => ActorCell.CurrentOrThrow().Sender;

    /// <summary>A behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    internal bool InvokeReceive(object message) => Receive(message);

    internal void InvokeUnhandled(object message) => Unhandled(message);

    internal SupervisorStrategy? OwnStrategy() => SupervisorStrategy();

    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        var handled = receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop() => PostStop();

    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

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

    protected virtual void PostStop()
    {
    }

    /// <summary>How this actor supervises its children; a strategy in its Props goes first.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);
}
