namespace Netclaw.Testing;

/// <summary>A timer of a <see cref="TestClock"/>.</summary>
internal sealed class TestClockTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    /// <summary>When it fires, in ticks of the clock.</summary>
    public long Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed) return false;
        _period = period;
        clock.Arm(this, dueTime == Timeout.InfiniteTimeSpan ? null : dueTime);
        return true;
    }

    public void Fire()
    {
        var repeats = _period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero;
        clock.Arm(this, repeats ? _period : null);
        callback(state);
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Arm(this, null);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
