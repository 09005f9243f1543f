using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Watching: to be told, once, when an actor is gone.</summary>
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
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }

    Props Props { get; }

    /// <summary>Who sent the current message; dead letters when nobody.</summary>
    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

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

    IEnumerable<IActorRef> GetChildren();

    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops the actor after the message it is processing.</summary>
    void Stop(IActorRef child);
}

/// <summary>The context of actors whose behaviours return nothing.</summary>
public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);

    void BecomeStacked(UntypedReceive receive);
}
