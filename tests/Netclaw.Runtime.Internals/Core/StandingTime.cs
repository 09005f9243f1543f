namespace Netclaw.Runtime.Internals.Core;

/// <summary>A clock whose timers fire when the test says so.</summary>
internal sealed class StandingTime : TimeProvider
{
    private readonly List<Timer> timers = [];

    public int Armed => timers.Count(timer => timer.IsArmed);

    public void Fire()
    {
        foreach (var timer in timers.FindAll(timer => timer.IsArmed))
            timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state);
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    private sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        public bool IsArmed { get; private set; }

        public void Fire()
        {
            IsArmed = false;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => IsArmed = dueTime >= TimeSpan.Zero;

        public void Dispose() => IsArmed = false;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
