using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// The sender of one Ask: the first answer completes the task. It gets a name and an entry below /temp only if somebody
/// asks for its path, and leaves nothing behind once it is complete.
/// </summary>
internal abstract class PromiseActorRef(ActorSystemImpl system) : MinimalActorRef
{
    private volatile ActorPath? path;
    private WheelTimer? timer;
    private CancellationTokenRegistration cancellation;
    private int completed;

    public override ActorPath Path => path ?? MakePath();

    internal override long Incarnation { get; } = system.NextUid();

    public override IActorRefProvider Provider => system.Provider;

    public override IInternalActorRef Parent => system.Temp;

    public override bool IsTerminated => Volatile.Read(ref completed) != 0;

    /// <summary>Starts the clock and listens to the token. To be called once, before the message is sent.</summary>
    public void Arm(TimeSpan? limit, CancellationToken token)
    {
        if (limit is { } set && set >= TimeSpan.Zero)
            StartClock(set);

        if (token.CanBeCanceled)
        {
            cancellation = token.UnsafeRegister(static (state, cancelled) => ((PromiseActorRef)state!).CancelBy(cancelled), this);
            if (IsTerminated)
                cancellation.Unregister();
        }
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when IsTerminated:
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: false));
                break;
            case Terminate when TryComplete():
                Cancel(default);
                break;
            case DeathWatchNotification death when TryComplete():
                Succeed(new Terminated(death.Actor, death.ExistenceConfirmed, addressTerminated: false));
                break;
        }
    }

    public override void Stop() => SendSystemMessage(new Terminate());

    protected abstract void Succeed(object message);

    protected abstract void Fault(Exception cause);

    protected abstract void Cancel(CancellationToken token);

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is PoisonPill or Kill)
            Stop();
        else if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, this), this);
        else if (TryComplete())
            Succeed(message);
        else
            system.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? system.DeadLetters, this), sender);
    }

    private void StartClock(TimeSpan limit)
    {
        try
        {
            timer = system.AskClock.Add(new TimeoutTimer(this, limit), limit, TimeSpan.Zero);
        }
        catch (SchedulerException terminated)
        {
            if (TryComplete())
                Fault(terminated);
        }
    }

    private void Expire(TimeSpan limit)
    {
        if (TryComplete())
            Fault(new AskTimeoutException($"Timeout after {limit} seconds"));
    }

    private void CancelBy(CancellationToken token)
    {
        if (TryComplete())
            Cancel(token);
    }

    /// <summary>True for exactly one caller, which then completes the task. Frees everything the Ask holds.</summary>
    private bool TryComplete()
    {
        if (Interlocked.Exchange(ref completed, 1) != 0)
            return false;
        timer?.Cancel();
        cancellation.Unregister();
        if (path is { } named)
            system.Temp.Remove(named.Name);
        return true;
    }

    private ActorPath MakePath()
    {
        lock (this)
        {
            if (path is not null)
                return path;
            var name = system.Temp.NextName();
            var made = new ChildActorPath(system.Temp.Path, name, Incarnation);
            if (!IsTerminated)
                system.Temp.Add(name, this);
            path = made;
            if (IsTerminated)
                system.Temp.Remove(name);
            return made;
        }
    }

    private sealed class TimeoutTimer(PromiseActorRef promise, TimeSpan limit) : WheelTimer
    {
        public override void Fire() => promise.Expire(limit);

        /// <summary>The system ends first: nobody will answer any more.</summary>
        public override void Abandon() => promise.Expire(limit);
    }
}

/// <summary>The promise of an answer of type <typeparamref name="T"/>.</summary>
internal sealed class PromiseActorRef<T>(ActorSystemImpl system) : PromiseActorRef(system)
{
    private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => result.Task;

    protected override void Succeed(object message)
    {
        switch (message)
        {
            case T answer when typeof(T) != typeof(object) || message is not (Status.Failure or Failure):
                result.TrySetResult(answer);
                break;
            case Status.Failure failure:
                Fault(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message."));
                break;
            case Failure failure:
                Fault(failure.Exception ?? new TaskCanceledException("Task cancelled by actor via Failure message."));
                break;
            default:
                Fault(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
                break;
        }
    }

    protected override void Fault(Exception cause) => result.TrySetException(cause);

    protected override void Cancel(CancellationToken token) => result.TrySetCanceled(token);
}
