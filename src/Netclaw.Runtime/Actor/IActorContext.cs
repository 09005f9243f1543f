using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Watching: to be told, once, when an actor is gone.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public interface ICanWatch
{
    /// <summary>Asks for <see cref="Terminated"/>. A subject that is gone already is answered at once.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for <paramref name="message"/> in place of <see cref="Terminated"/>.</summary>
    /// <exception cref="InvalidOperationException">The subject is watched with another message; unwatch it first.</exception>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>No notice arrives after this, even one that waits in the mailbox.</summary>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor can see and do while it processes a message. Valid on the actor's own thread of control only.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>The actor's own reference.</summary>
    IActorRef Self { get; }

    /// <summary>What the actor was made from.</summary>
    Props Props { get; }

    /// <summary>Who sent the current message; dead letters when nobody.</summary>
    IActorRef Sender { get; }

    /// <summary>The system it lives in.</summary>
    ActorSystem System { get; }

    /// <summary>Its supervisor.</summary>
    IActorRef Parent { get; }

    /// <summary>What gives it threads.</summary>
    MessageDispatcher Dispatcher { get; }

    /// <summary>Time without messages after which <see cref="ReceiveTimeout"/> is sent; null when off.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the current behaviour.</summary>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Goes back to the behaviour below, at last the actor's own.</summary>
    void UnbecomeStacked();

    /// <summary>The child of this name, or Nobody.</summary>
    IActorRef Child(string name);

    /// <summary>The children that live now; a snapshot.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Sends a ReceiveTimeout when nothing else came for that long; null switches it off.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops the actor after the message it is processing.</summary>
    void Stop(IActorRef child);
}

/// <summary>The context of actors whose behaviours return nothing.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces the behaviour.</summary>
    void Become(UntypedReceive receive);

    /// <summary>Puts a behaviour above the present one.</summary>
    void BecomeStacked(UntypedReceive receive);
}
