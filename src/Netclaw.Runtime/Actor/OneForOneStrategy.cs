namespace Akka.Actor;

/// <summary>The directive applies to the child that failed, alone.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class OneForOneStrategy : SupervisorStrategy, IEquatable<OneForOneStrategy>
{
    private readonly IDecider decider;

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider))
    {
    }

    /// <param name="maxNrOfRetries">Restarts allowed within the time; null or -1 is no limit, 0 is none at all.</param>
    /// <param name="withinTimeRange">The time the restarts are counted in; null counts for ever.</param>
    /// <param name="decider">What to do about which exception.</param>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, RestartWindow.MillisecondsOf(withinTimeRange), decider)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        this.decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, -1, localOnlyDecider, loggingEnabled)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public OneForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    protected OneForOneStrategy()
        : this(DefaultDecider)
    {
    }

    /// <summary>Restarts allowed within the time; -1 for any number.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The time in which restarts are counted; -1 for ever.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    /// <inheritdoc/>
    public override IDecider Decider => decider;

    /// <summary>The same strategy with another number of retries.</summary>
    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) =>
        new(maxNrOfRetries, WithinTimeRangeMilliseconds, decider, LoggingEnabled);

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => decider.Decide(exception);

    internal override void ProcessFailure(ActorCell parent, bool restart, LocalActorRef child, Exception cause, ActorChildren children)
    {
        if (restart && children.StatsOf(child).MayRestart(new RestartWindow(MaxNumberOfRetries, WithinTimeRangeMilliseconds), parent.System.Scheduler))
            child.Restart(cause);
        else
            parent.Stop(child);
    }

    /// <inheritdoc/>
    public bool Equals(OneForOneStrategy? other) =>
        other is not null && MaxNumberOfRetries == other.MaxNumberOfRetries
        && WithinTimeRangeMilliseconds == other.WithinTimeRangeMilliseconds && Equals(decider, other.decider);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OneForOneStrategy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, decider);
}
