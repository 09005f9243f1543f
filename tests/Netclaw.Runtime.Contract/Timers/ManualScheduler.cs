using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Netclaw.Runtime.Contract.Timers;

/// <summary>A scheduler whose time stands until a test moves it. Named in the configuration, as any scheduler is.</summary>
public sealed class ManualScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private TimeSpan now;

    public static string Hocon => $"akka.scheduler.implementation = \"{typeof(ManualScheduler).FullName}, {typeof(ManualScheduler).Assembly.GetName().Name}\"";

    public override TimeSpan MonotonicClock => now;

    public override TimeSpan HighResMonotonicClock => now;

    protected override DateTimeOffset TimeNow => DateTimeOffset.UnixEpoch + now;

    public int Pending
    {
        get
        {
            lock (gate)
                return entries.Count(each => !each.IsCancelled);
        }
    }

    public void Advance(TimeSpan by)
    {
        var end = now + by;
        while (true)
        {
            Entry? due;
            lock (gate)
            {
                due = entries.Where(each => each.Due <= end).OrderBy(each => each.Due).FirstOrDefault();
                if (due is null)
                    break;
                entries.Remove(due);
                now = due.Due;
                if (due.Interval is { } interval && !due.IsCancelled)
                    entries.Add(due with { Due = due.Due + interval });
            }

            if (!due.IsCancelled)
                due.Action();
        }

        now = end;
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Add(delay, null, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Add(delay, null, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    private void Add(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        lock (gate)
            entries.Add(new Entry(now + delay, interval, action, cancelable));
    }

    private sealed record Entry(TimeSpan Due, TimeSpan? Interval, Action Action, ICancelable? Cancelable)
    {
        public bool IsCancelled => Cancelable is { IsCancellationRequested: true };
    }
}
