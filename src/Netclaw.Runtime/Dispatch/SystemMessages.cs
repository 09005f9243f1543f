using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

/// <summary>The watcher wants to know when the watchee is gone.</summary>
internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee => watchee;

    public IInternalActorRef Watcher => watcher;
}

/// <summary>The watcher no longer wants to know.</summary>
internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee => watchee;

    public IInternalActorRef Watcher => watcher;
}

/// <summary>An actor is gone; told to its parent and its watchers.</summary>
internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed) : SystemMessage, IDeadLetterSuppression
{
    public IActorRef Actor => actor;

    public bool ExistenceConfirmed => existenceConfirmed;
}

/// <summary>A child has failed and waits, suspended, for a decision.</summary>
internal sealed class Failed(IInternalActorRef child, Exception cause) : SystemMessage
{
    public IInternalActorRef Child => child;

    public Exception Cause => cause;
}

internal sealed class Suspend : SystemMessage;

/// <summary>Undoes one suspension; with a cause it also forgives that failure.</summary>
internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure => causedByFailure;
}

/// <summary>Replace the instance.</summary>
internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause => cause;
}

internal sealed class Terminate : SystemMessage, IDeadLetterSuppression;

/// <summary>A step of an asynchronous handler, to be run as the actor.</summary>
internal sealed class ActorTask(Task task, ActorTaskScheduler scheduler) : SystemMessage
{
    public void Run() => scheduler.Run(task);
}

/// <summary>The last step of an asynchronous handler has run.</summary>
internal sealed class ActorTaskDone(AsyncHandlerRun run) : SystemMessage
{
    public AsyncHandlerRun Run => run;
}

/// <summary>Stands for "no more system messages are taken" at the top of a closed stack.</summary>
internal sealed class StackClosed : SystemMessage
{
    public static readonly StackClosed Instance = new();
}
