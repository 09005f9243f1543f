using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The default scheduler: a timer wheel and one thread, which sleeps until the next tick, or without end while no timer
/// is set. Configured by <c>akka.scheduler.tick-duration</c> and <c>ticks-per-wheel</c>.
/// </summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly TimeProvider clock;
    private readonly long start;
    private readonly TimerWheel wheel;
    private readonly AutoResetEvent wake = new(false);
    private Thread? thread;
    private int asleep; // 1 while the thread waits without end
    private volatile bool stopped;

    /// <summary>Made by the actor system, from <c>akka.scheduler.implementation</c>.</summary>
    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : this(scheduler, log, TimeProvider.System)
    {
    }

    internal HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log, TimeProvider clock)
        : base(scheduler, log)
    {
        this.clock = clock;
        start = clock.GetTimestamp();
        var tick = scheduler.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));
        if (tick < TimeSpan.FromMilliseconds(1))
            throw new ConfigurationException($"akka.scheduler.tick-duration is {tick}; it must be at least 1ms.");
        wheel = new TimerWheel(scheduler.GetInt("akka.scheduler.ticks-per-wheel", 512), tick.Ticks);
    }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => clock.GetElapsedTime(start);

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => clock.GetUtcNow();

    /// <summary>Timers on the wheel.</summary>
    internal int Pending => wheel.Count;

    /// <summary>Stops firing. Timers that are left never fire; Asks that wait fail.</summary>
    public void Dispose()
    {
        stopped = true;
        wake.Set();
        wheel.AbandonAll();
    }

    /// <summary>Sends once; the returned timer can be taken off the wheel.</summary>
    internal WheelTimer Add(WheelTimer timer, TimeSpan delay, TimeSpan interval)
    {
        if (stopped)
            throw new SchedulerException("The scheduler has been shut down: the actor system is terminated.");
        timer.Interval = interval.Ticks;
        if (wheel.Add(timer, MonotonicClock.Ticks + delay.Ticks))
            Wake();
        if (stopped)
            wheel.AbandonAll();
        return timer;
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        AddUnlessCancelled(new TellTimer(receiver, message, sender, cancelable), delay, TimeSpan.Zero, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        AddUnlessCancelled(new TellTimer(receiver, message, sender, cancelable), initialDelay, interval, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        AddUnlessCancelled(new ActionTimer(action, cancelable), delay, TimeSpan.Zero, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        InternalScheduleOnce(delay, action.Run, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        AddUnlessCancelled(new ActionTimer(action, cancelable), initialDelay, interval, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        InternalScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    private void AddUnlessCancelled(WheelTimer timer, TimeSpan delay, TimeSpan interval, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
            return;
        Add(timer, delay, interval);
        if (cancelable is Cancelable own)
            own.Attach(timer);
        else
            cancelable?.Token.UnsafeRegister(static state => ((WheelTimer)state!).Cancel(), timer);
    }

    private void Wake()
    {
        if (Volatile.Read(ref thread) is null)
        {
            var worker = new Thread(Work) { IsBackground = true, Name = "akka.scheduler" };
            if (Interlocked.CompareExchange(ref thread, worker, null) is null)
                worker.Start();
        }

        // A thread that waits for a tick sees the timer then; waking it for each question would cost more than the answer.
        if (Interlocked.Exchange(ref asleep, 0) == 1)
            wake.Set();
    }

    private void Work()
    {
        Action<Exception> report = error => Log.Error(error, "A scheduled action failed: {0}", error.Message);
        while (!stopped)
        {
            var now = MonotonicClock.Ticks;
            wheel.Advance(now, report);
            if (wheel.Count == 0)
            {
                // Whoever puts the first timer on the wheel after this sees that we sleep; one that came before is seen here.
                Interlocked.Exchange(ref asleep, 1);
                if (wheel.Count == 0 && !stopped)
                    wake.WaitOne();
                Interlocked.Exchange(ref asleep, 0);
                continue;
            }

            // Rounded up: a wait that ends early would only find nothing to do.
            var wait = wheel.NextTickTime - MonotonicClock.Ticks;
            if (wait > 0)
                wake.WaitOne((int)((wait + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond));
        }
    }
}
