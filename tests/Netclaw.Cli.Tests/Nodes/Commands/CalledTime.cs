namespace Netclaw.Cli.Tests.Nodes.Commands;

/// <summary>The system's time, except that a program's time is over when the test says so.</summary>
internal sealed class CalledTime : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private Action? _due;

    public void Call() => (_due ?? throw new InvalidOperationException("nothing waits that long"))();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Long)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _due = () => callback(state);
        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
    }
}
