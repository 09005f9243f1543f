using Akka.Actor;

namespace Akka.Pattern;

/// <summary>What a backoff supervisor starts its child again after.</summary>
internal enum BackoffCause
{
    Stop,
    Failure,
}

/// <summary>The options, as data.</summary>
internal sealed class BackoffSettings : BackoffOptions
{
    public BackoffSettings(BackoffCause cause, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        if (minBackoff <= TimeSpan.Zero) throw new ArgumentException("minBackoff must be greater than 0", nameof(minBackoff));
        if (maxBackoff < minBackoff) throw new ArgumentException("maxBackoff must be greater than minBackoff", nameof(maxBackoff));
        if (randomFactor is < 0.0 or > 1.0) throw new ArgumentException("randomFactor must be between 0.0 and 1.0", nameof(randomFactor));
        ArgumentNullException.ThrowIfNull(childProps);
        (Cause, ChildProps, ChildName, MinBackoff, MaxBackoff, RandomFactor) = (cause, childProps, childName, minBackoff, maxBackoff, randomFactor);
        Reset = new AutoReset(minBackoff);
    }

    public BackoffCause Cause { get; }

    public Props ChildProps { get; }

    public string ChildName { get; }

    public TimeSpan MinBackoff { get; }

    public TimeSpan MaxBackoff { get; }

    public double RandomFactor { get; }

    public IBackoffReset Reset { get; private init; }

    public SupervisorStrategy Strategy { get; private init; } = new OneForOneStrategy(SupervisorStrategy.DefaultDecider);

    public int MaxRetries { get; private init; } = -1;

    public object? ReplyWhileStopped { get; private init; }

    public Func<object, bool>? FinalStopMessage { get; private init; }

    internal override Props Props => Cause == BackoffCause.Stop
        ? Actor.Props.CreateBy(new BackoffProducer(typeof(BackoffSupervisor), () => new BackoffSupervisor(this)))
        : Actor.Props.CreateBy(new BackoffProducer(typeof(BackoffOnFailureSupervisor), () => new BackoffOnFailureSupervisor(this)));

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => new BackoffSettings(this) { Reset = new AutoReset(resetBackoff) };

    public override BackoffOptions WithManualReset() => new BackoffSettings(this) { Reset = new ManualReset() };

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => new BackoffSettings(this)
    {
        Strategy = supervisorStrategy,
        MaxRetries = supervisorStrategy.MaxNumberOfRetries >= 0 ? supervisorStrategy.MaxNumberOfRetries : MaxRetries,
    };

    public override BackoffOptions WithDefaultStoppingStrategy() => new BackoffSettings(this) { Strategy = SupervisorStrategy.StoppingStrategy };

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => new BackoffSettings(this) { MaxRetries = maxNrOfRetries };

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => new BackoffSettings(this) { ReplyWhileStopped = replyWhileStopped };

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => Cause == BackoffCause.Stop
        ? new BackoffSettings(this) { FinalStopMessage = isFinalStopMessage }
        : throw new InvalidOperationException($"{nameof(WithFinalStopMessage)} goes with {nameof(Backoff)}.{nameof(Backoff.OnStop)} only: on failure, a child that stops takes its supervisor with it anyway.");

    /// <summary>A strategy which the backoff cannot go around, for subclasses of the constructor's callers.</summary>
    internal BackoffSettings With(IBackoffReset reset, SupervisorStrategy strategy, object? reply, Func<object, bool>? finalStop)
        => new(this) { Reset = reset, Strategy = strategy, ReplyWhileStopped = reply, FinalStopMessage = finalStop };

    private BackoffSettings(BackoffSettings other) : this(other.Cause, other.ChildProps, other.ChildName, other.MinBackoff, other.MaxBackoff, other.RandomFactor)
    {
        (Reset, Strategy, MaxRetries, ReplyWhileStopped, FinalStopMessage) = (other.Reset, other.Strategy, other.MaxRetries, other.ReplyWhileStopped, other.FinalStopMessage);
    }
}
