using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Starts its child again, after ever longer waits, when it stops (Akka.NET documentation, "Delayed restarts").</summary>
public sealed partial class BackoffSupervisor : BackoffSupervisorBase
{
    /// <summary>Through Props; see <see cref="Backoff"/>.</summary>
    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        : this(new BackoffSettings(BackoffCause.Stop, childProps, childName, minBackoff, maxBackoff, randomFactor))
    {
    }

    /// <summary>Through Props; see <see cref="Backoff"/>.</summary>
    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, IBackoffReset reset, double randomFactor, SupervisorStrategy strategy, object? replyWhileStopped = null, Func<object, bool>? finalStopMessage = null)
        : this(new BackoffSettings(BackoffCause.Stop, childProps, childName, minBackoff, maxBackoff, randomFactor).With(reset, strategy, replyWhileStopped, finalStopMessage))
    {
    }

    internal BackoffSupervisor(BackoffSettings settings) : base(settings)
    {
    }

    /// <inheritdoc cref="Backoff.OnStop(Props, string, TimeSpan, TimeSpan, double, int)"/>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        => Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor));

    /// <inheritdoc cref="Backoff.OnStop(Props, string, TimeSpan, TimeSpan, double, int)"/>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries)
        => Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries));

    /// <summary>Props of a supervisor with these options.</summary>
    public static Props Props(BackoffOptions options) => options.Props;

    /// <summary>With a strategy for the child.</summary>
    public static Props PropsWithSupervisorStrategy(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, SupervisorStrategy strategy)
        => new BackoffSettings(BackoffCause.Stop, childProps, childName, minBackoff, maxBackoff, randomFactor)
            .With(new AutoReset(minBackoff), strategy, null, null).Props;

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => Settings.Strategy;

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        if (message is not Terminated ended || !ended.ActorRef.Equals(Child)) return HandleBackoff(message);
        if (FinalStopMessageReceived) Context.Stop(Self);
        else StartAgainLater();
        return true;
    }
}
