namespace Akka.Actor;

/// <summary>Measures the time an actor gets nothing. A tick of an earlier measure is not accepted.</summary>
internal sealed class ReceiveTimeoutClock(ActorCell cell, TimeSpan timeout)
{
    private ICancelable? running;
    private ReceiveTimeoutTick? expected;

    public TimeSpan Timeout => timeout;

    public void Restart()
    {
        Stop();
        expected = new ReceiveTimeoutTick();
        running = cell.System.Scheduler.ScheduleTellOnceCancelable(timeout, cell.Self, expected, cell.Self);
    }

    public void Stop()
    {
        running?.Cancel();
        running = null;
        expected = null;
    }

    /// <summary>True when the measure this tick belongs to is still under way; it starts anew.</summary>
    public bool Accept(ReceiveTimeoutTick tick)
    {
        if (!ReferenceEquals(tick, expected))
            return false;
        Restart();
        return true;
    }
}

internal sealed class ReceiveTimeoutTick : IAutoReceivedMessage, INotInfluenceReceiveTimeout, Event.IDeadLetterSuppression;
