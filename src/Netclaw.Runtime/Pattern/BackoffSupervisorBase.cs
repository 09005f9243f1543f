using System.Security.Cryptography;
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Keeps one child and starts it again after ever longer waits. Messages go through to the child, and what the child tells its
/// supervisor goes to the supervisor's parent.
/// </summary>
/// <remarks>Akka.NET documentation, "Delayed restarts".</remarks>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly BackoffSettings _settings;

    internal BackoffSupervisorBase(BackoffSettings settings) => _settings = settings;

    /// <summary>Of the child.</summary>
    protected Props ChildProps => _settings.ChildProps;

    /// <summary>Of the child.</summary>
    protected string ChildName => _settings.ChildName;

    /// <summary>When the count of restarts begins anew.</summary>
    protected IBackoffReset Reset => _settings.Reset;

    /// <summary>The answer while there is no child.</summary>
    protected object? ReplyWhileStopped => _settings.ReplyWhileStopped;

    /// <summary>After which the child's end ends the supervisor.</summary>
    protected Func<object, bool>? FinalStopMessage => _settings.FinalStopMessage;

    /// <summary>The child, or null while it waits to be started.</summary>
    protected IActorRef? Child { get; set; }

    /// <summary>How often it was started again since the last reset.</summary>
    protected int RestartCountN { get; set; }

    /// <summary>Whether such a message came.</summary>
    protected bool FinalStopMessageReceived { get; set; }

    private protected BackoffSettings Settings => _settings;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        StartChild();
        base.PreStart();
    }

    /// <summary>Handles whatever is no business of the kind of supervisor.</summary>
    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                break;
            case BackoffSupervisor.ResetRestartCount reset:
                if (reset.Current == RestartCountN) RestartCountN = 0;
                break;
            case BackoffSupervisor.Reset when Reset is ManualReset:
                RestartCountN = 0;
                break;
            case BackoffSupervisor.Reset:
                Unhandled(message);
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child ?? ActorRefs.Nobody));
                break;
            default:
                Pass(message);
                break;
        }

        return true;
    }

    /// <summary>Schedules the next start, or stops when there were enough.</summary>
    private protected void StartAgainLater()
    {
        Child = null;
        if (_settings.MaxRetries >= 0 && RestartCountN >= _settings.MaxRetries)
        {
            Context.Stop(Self);
            return;
        }

        var wait = Delay(RestartCountN, _settings.MinBackoff, _settings.MaxBackoff, _settings.RandomFactor);
        Context.System.Scheduler.ScheduleTellOnce(wait, Self, BackoffSupervisor.StartChild.Instance, Self);
        RestartCountN++;
    }

    /// <summary>The wait before the start after <paramref name="restarts"/> restarts.</summary>
    internal static TimeSpan Delay(int restarts, TimeSpan min, TimeSpan max, double randomFactor)
    {
        var jitter = 1.0 + (randomFactor * RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000);
        var wait = restarts >= 30 ? max.Ticks : Math.Min(max.Ticks, min.Ticks * Math.Pow(2, restarts));
        return TimeSpan.FromTicks((long)(wait * jitter));
    }

    private void StartChild()
    {
        if (Child is not null) return;
        Child = Context.Watch(Context.ActorOf(ChildProps, ChildName));
        if (Reset is AutoReset auto)
            Context.System.Scheduler.ScheduleTellOnce(auto.ResetBackoff, Self, new BackoffSupervisor.ResetRestartCount(RestartCountN), Self);
    }

    private void Pass(object message)
    {
        if (Child is { } child && child.Equals(Sender))
        {
            Context.Parent.Forward(message);
        }
        else if (Child is { } receiver)
        {
            receiver.Forward(message);
            if (!FinalStopMessageReceived && FinalStopMessage is { } isFinal) FinalStopMessageReceived = isFinal(message);
        }
        else if (FinalStopMessage is { } isLast && isLast(message))
        {
            Context.Stop(Self);
        }
        else if (ReplyWhileStopped is { } reply)
        {
            Sender.Tell(reply);
        }
        else
        {
            Context.System.DeadLetters.Forward(message);
        }
    }
}
