using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with one method for every message; what it does not know it passes to Unhandled.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public abstract class UntypedActor : ActorBase
{
    /// <summary>Derive from it.</summary>
    protected UntypedActor()
    {
    }

    /// <summary>The actor's surroundings; only inside the actor.</summary>
    protected static new IUntypedActorContext Context => ActorCell.CurrentOrThrow();

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Called for each message, one at a time.</summary>
    protected abstract void OnReceive(object message);

    /// <summary>Replaces the behaviour.</summary>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour above the present one.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    /// <summary>Runs an action, or an asynchronous one to its end, before the next message.</summary>
    protected void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    /// <inheritdoc cref="RunTask(Action)"/>
    protected void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);
}
