namespace Akka.Actor;

/// <summary>The directive applies to all children when one fails.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly IDecider decider;

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider))
    {
    }

    /// <param name="maxNrOfRetries">Restarts allowed within the time; null or -1 is no limit, 0 is none at all.</param>
    /// <param name="withinTimeRange">The time the restarts are counted in; null counts for ever.</param>
    /// <param name="decider">What to do about which exception.</param>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, RestartWindow.MillisecondsOf(withinTimeRange), decider)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        this.decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    public AllForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    /// <summary>Without a number of retries any number is allowed; without a time they are counted for ever. More failures stop the child.</summary>
    protected AllForOneStrategy()
        : this(DefaultDecider)
    {
    }

    /// <summary>Restarts allowed within the time; -1 for any number.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The time in which restarts are counted; -1 for ever.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    /// <inheritdoc/>
    public override IDecider Decider => decider;

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => decider.Decide(exception);

    internal override void ProcessFailure(ActorCell parent, bool restart, LocalActorRef child, Exception cause, ActorChildren children)
    {
        var all = children.ToArray();
        var window = new RestartWindow(MaxNumberOfRetries, WithinTimeRangeMilliseconds);
        restart = restart && Array.TrueForAll(all, each => children.StatsOf(each).MayRestart(window, parent.System.Scheduler));
        foreach (var each in all)
        {
            if (!restart)
            {
                parent.Stop(each);
                continue;
            }

            // The one that failed is suspended already.
            if (!ReferenceEquals(each, child))
                each.Suspend();
            each.Restart(cause);
        }
    }

    /// <inheritdoc/>
    public bool Equals(AllForOneStrategy? other) =>
        other is not null && MaxNumberOfRetries == other.MaxNumberOfRetries
        && WithinTimeRangeMilliseconds == other.WithinTimeRangeMilliseconds && Equals(decider, other.decider);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, decider);
}
