using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time moves only when a test moves it. What falls due runs on the thread that advances, in the order of due times,
/// and those of the same time in the order in which they were scheduled. Thread-safe.
/// </summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Entry, (long Due, long Order)> _entries = new();
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private long _now;
    private long _order;

    /// <summary>What the runtime calls when <c>akka.scheduler.implementation</c> names this type.</summary>
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        _ = (schedulerConfig, log);
    }

    /// <inheritdoc/>
    protected DateTimeOffset TimeNow => _start + MonotonicClock;

    /// <inheritdoc/>
    public DateTimeOffset Now => TimeNow;

    /// <inheritdoc/>
    public TimeSpan MonotonicClock => TimeSpan.FromTicks(Volatile.Read(ref _now));

    /// <inheritdoc/>
    public TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    public IAdvancedScheduler Advanced => this;

    /// <summary>Moves time forward and runs what falls due on the way; each sees the time at which it was due.</summary>
    public void Advance(TimeSpan offset)
    {
        if (offset < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(offset), offset, "Time does not go back.");
        var target = MonotonicClock + offset;
        while (TakeDue(target.Ticks) is { } entry)
        {
            entry.Run();
            if (entry.Interval is { } interval && !entry.IsCancelled) Add(entry.Due + interval.Ticks, entry.Run, entry.Interval, entry.Cancelable);
        }

        lock (_gate) _now = Math.Max(_now, target.Ticks);
    }

    /// <summary>Moves time forward to a point.</summary>
    public void AdvanceTo(DateTimeOffset when)
    {
        var offset = when - Now;
        if (offset < TimeSpan.Zero) throw new InvalidOperationException($"Time does not go back: it is {Now:O}, which is after {when:O}.");
        Advance(offset);
    }

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender)
        => ScheduleTellOnce(delay, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable)
        => Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender)
        => ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable)
        => Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Schedule(delay, null, action, cancelable);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) => Schedule(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action, null);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Schedule(delay, null, action.Run, cancelable);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) => Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan? interval, Action run, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (interval is { } between) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(between, TimeSpan.Zero, nameof(interval));
        lock (_gate) Add(_now + delay.Ticks, run, interval, cancelable);
    }

    private void Add(long due, Action run, TimeSpan? interval, ICancelable? cancelable)
    {
        lock (_gate) _entries.Enqueue(new Entry(due, run, interval, cancelable), (due, _order++));
    }

    private Entry? TakeDue(long target)
    {
        lock (_gate)
        {
            while (_entries.TryPeek(out var entry, out _) && entry.Due <= target)
            {
                _entries.Dequeue();
                if (entry.IsCancelled) continue;
                _now = Math.Max(_now, entry.Due);
                return entry;
            }

            return null;
        }
    }

    private sealed record Entry(long Due, Action Run, TimeSpan? Interval, ICancelable? Cancelable)
    {
        public bool IsCancelled => Cancelable is { IsCancellationRequested: true };
    }
}
