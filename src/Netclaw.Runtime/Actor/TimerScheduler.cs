namespace Akka.Actor;

/// <summary>One instance's timers. Every start makes a new tick object; only the tick on record for its key is accepted.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerTick> active = [];

    public IReadOnlyCollection<object> ActiveTimers => active.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        Start(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(key, msg, timeout, null, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
        Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => active.ContainsKey(key);

    public void Cancel(object key)
    {
        if (active.Remove(key, out var tick))
            tick.Cancel();
    }

    public void CancelAll()
    {
        foreach (var tick in active.Values)
            tick.Cancel();
        active.Clear();
    }

    /// <summary>True when the tick is of a timer that still runs; a single one is done with it.</summary>
    public bool Accept(TimerTick tick)
    {
        if (!active.TryGetValue(tick.Key, out var expected) || !ReferenceEquals(tick, expected))
            return false;
        if (!tick.Repeats)
            active.Remove(tick.Key);
        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        var scheduler = cell.System.Scheduler;
        var from = sender ?? cell.Self;
        var tick = new TimerTick(key, message, new Cancelable(scheduler), interval is not null);
        active.Add(key, tick);
        if (interval is { } every)
            scheduler.ScheduleTellRepeatedly(delay, every, cell.Self, tick, from, tick.Running);
        else
            scheduler.ScheduleTellOnce(delay, cell.Self, tick, from, tick.Running);
    }
}

/// <summary>What a timer sends to its actor; it carries the actor's own message.</summary>
internal sealed class TimerTick(object key, object message, Cancelable running, bool repeats)
    : IAutoReceivedMessage, INoSerializationVerificationNeeded, Event.IDeadLetterSuppression
{
    public object Key => key;

    public object Message => message;

    public Cancelable Running => running;

    public bool Repeats => repeats;

    public void Cancel() => running.Cancel();

    public override string ToString() => $"Timer {key}: {message}";
}
