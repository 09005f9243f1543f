using Akka.Actor;
using Akka.TestKit;

namespace Netclaw.Testing;

/// <summary>
/// One clock for a test: a <see cref="TimeProvider"/> whose time, timers and delays move only with <see cref="Advance"/>, and which
/// moves the <see cref="TestScheduler"/> of attached actor systems with it. Thread-safe. Linked into test projects, so that it works
/// with either actor runtime.
/// </summary>
/// <remarks>What falls due runs on the thread that advances. Actors handle what they are told on their own threads, a little later.</remarks>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TestClockTimer> _timers = [];
    private readonly List<TestScheduler> _schedulers = [];
    private readonly DateTimeOffset _start;
    private long _elapsed;

    /// <param name="start">The first instant; 2030-01-01 00:00 UTC by default, so that no test depends on today.</param>
    public TestClock(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _elapsed));

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Moves the actor system's scheduler with this clock.</summary>
    /// <exception cref="ArgumentException">The system was not configured with <see cref="TestScheduler"/>.</exception>
    public TestClock Attach(ActorSystem system)
    {
        var scheduler = system.Scheduler as TestScheduler
            ?? throw new ArgumentException($"{system.Name} runs on {system.Scheduler.GetType().Name}. Add TestConfigs.TestSchedulerConfig to its configuration.", nameof(system));
        lock (_gate) _schedulers.Add(scheduler);
        return this;
    }

    /// <summary>Moves time forward, from one due timer to the next.</summary>
    public void Advance(TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.Zero);
        var target = Elapsed.Ticks + offset.Ticks;
        while (true)
        {
            TestClockTimer? due;
            long step;
            TestScheduler[] schedulers;
            lock (_gate)
            {
                due = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                step = Math.Max(0, (due?.Due ?? target) - _elapsed);
                schedulers = [.. _schedulers];
                Volatile.Write(ref _elapsed, _elapsed + step);
            }

            foreach (var scheduler in schedulers) scheduler.Advance(TimeSpan.FromTicks(step));
            if (due is null) return;
            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Arm(TestClockTimer timer, TimeSpan? dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime is not { } wait) return;
            timer.Due = _elapsed + wait.Ticks;
            _timers.Add(timer);
        }
    }
}
