namespace Akka.Actor;

/// <summary>Named timers and the state timeout. No tick arrives after its timer was cancelled or started again.</summary>
/// <remarks>Akka.NET documentation, "FSM".</remarks>
public abstract partial class FSM<TState, TData>
{
    private readonly Dictionary<string, Tick> timers = new(StringComparer.Ordinal);
    private Tick? stateTimeout;

    /// <summary>Sends a message to this machine later, or every so often.</summary>
    public void SetTimer(string name, object msg, TimeSpan timeout, bool repeat = false)
    {
        CancelTimer(name);
        timers[name] = Schedule(name, msg, timeout, repeat);
    }

    /// <summary>Its message never arrives from now on, not even when it is in the mailbox.</summary>
    public void CancelTimer(string name)
    {
        if (timers.Remove(name, out var tick))
            tick.Running.Cancel();
    }

    /// <summary>Whether the timer is set.</summary>
    public bool IsTimerActive(string name) => timers.ContainsKey(name);

    /// <summary>How long the machine may get nothing in a state before it gets <see cref="FSMBase.StateTimeout"/>; null is for ever.</summary>
    public void SetStateTimeout(TState state, TimeSpan? timeout) => timeouts[state] = timeout;

    private Tick Schedule(string? name, object message, TimeSpan delay, bool repeats)
    {
        var scheduler = Context.System.Scheduler;
        var tick = new Tick(name, message, repeats, new Cancelable(scheduler));
        if (repeats)
            scheduler.ScheduleTellRepeatedly(delay, delay, Self, tick, Self, tick.Running);
        else
            scheduler.ScheduleTellOnce(delay, Self, tick, Self, tick.Running);
        return tick;
    }

    private void ReceiveTick(Tick tick)
    {
        if (tick.Name is null)
        {
            if (!ReferenceEquals(tick, stateTimeout))
                return;
            stateTimeout = null;
        }
        else
        {
            if (!timers.TryGetValue(tick.Name, out var expected) || !ReferenceEquals(tick, expected))
                return;
            StopStateTimeout();
            if (!tick.Repeats)
                timers.Remove(tick.Name);
        }

        Process(tick.Message);
    }

    private void StartStateTimeout(TimeSpan? timeout)
    {
        StopStateTimeout();
        if (timeout is { } set && set > TimeSpan.Zero && set < TimeSpan.MaxValue)
            stateTimeout = Schedule(null, StateTimeout.Instance, set, repeats: false);
    }

    private void StopStateTimeout()
    {
        stateTimeout?.Running.Cancel();
        stateTimeout = null;
    }

    private void CancelTimers()
    {
        StopStateTimeout();
        foreach (var tick in timers.Values)
            tick.Running.Cancel();
        timers.Clear();
    }
}
