using Akka.Event;

namespace Akka.Actor;

/// <summary>The end: user actors, then system actors, then the scheduler, then the code registered for it.</summary>
internal sealed partial class ActorSystemImpl
{
    private readonly TaskCompletionSource terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock terminationGate = new();
    private readonly Stack<Action> onTermination = new();
    private bool over;

    public override Task WhenTerminated => terminated.Task;

    /// <summary>What <see cref="Terminate"/> does first, once: the coordinated shutdown, when it is in charge. It ends in <see cref="FinalTerminate"/>.</summary>
    internal Func<Task>? BeforeTermination { get; set; }

    /// <summary>True from the moment the guardians are told to stop.</summary>
    internal bool IsTerminating { get; private set; }

    public override Task Terminate()
    {
        if (BeforeTermination is { } shutdown && !IsTerminating)
            _ = shutdown();
        else
            _ = FinalTerminate();
        return WhenTerminated;
    }

    /// <summary>Stops the guardians.</summary>
    internal Task FinalTerminate()
    {
        IsTerminating = true;
        UserGuardian.Stop();
        return WhenTerminated;
    }

    public override void RegisterOnTermination(Action code)
    {
        lock (terminationGate)
        {
            if (!over)
            {
                onTermination.Push(code);
                return;
            }
        }

        throw new InvalidOperationException("ActorSystem already terminated.");
    }

    internal void GuardianGone(IActorRef guardian)
    {
        if (ReferenceEquals(guardian, UserGuardian))
        {
            EventStream.StopLoggers(this);
            SystemGuardianRef.Stop();
        }
        else if (ReferenceEquals(guardian, SystemGuardianRef))
        {
            // Off the guardian's own thread: what is registered may take its time.
            ThreadPool.UnsafeQueueUserWorkItem(static system => system.Finish(), this, preferLocal: false);
        }
    }

    private void Finish()
    {
        while (true)
        {
            Action code;
            lock (terminationGate)
            {
                if (onTermination.Count == 0)
                {
                    over = true;
                    break;
                }

                code = onTermination.Pop();
            }

            try
            {
                code();
            }
            catch (Exception error)
            {
                Log.Error(error, "Code registered for the end of the actor system failed: {0}", error.Message);
            }
        }

        (Scheduler as IDisposable)?.Dispose();
        AskClock.Dispose();
        terminated.TrySetResult();
    }
}
