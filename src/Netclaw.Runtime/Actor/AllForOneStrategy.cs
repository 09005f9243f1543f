namespace Akka.Actor;

/// <summary>The directive applies to all children when one fails.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly IDecider decider;

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

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        this.decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    protected AllForOneStrategy()
        : this(DefaultDecider)
    {
    }

    public int MaxNumberOfRetries { get; }

    public int WithinTimeRangeMilliseconds { get; }

    public override IDecider Decider => decider;

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

    public bool Equals(AllForOneStrategy? other) =>
        other is not null && MaxNumberOfRetries == other.MaxNumberOfRetries
        && WithinTimeRangeMilliseconds == other.WithinTimeRangeMilliseconds && Equals(decider, other.decider);

    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, decider);
}
