using Akka.Actor;

namespace Netclaw.Runtime.Internals.Core;

public sealed class TimerWheelTests
{
    private const long Tick = 10 * TimeSpan.TicksPerMillisecond;

    private readonly TimerWheel wheel = new(8, Tick);
    private readonly List<Exception> failures = [];

    [Fact]
    public void NeverFires_Early()
    {
        var random = new Random(7);
        var timers = new List<(Probe Timer, long Due)>();
        for (var i = 0; i < 500; i++)
        {
            var due = random.NextInt64(0, 300 * Tick);
            var timer = new Probe();
            wheel.Add(timer, due);
            timers.Add((timer, due));
        }

        for (long now = 0; now <= 302 * Tick; now += random.NextInt64(1, 3 * Tick))
        {
            wheel.Advance(now, failures.Add);
            foreach (var (timer, due) in timers)
            {
                Assert.True(timer.Fired == 0 || due <= now, $"due {due}, fired by {now}");
                Assert.True(timer.Fired == 1 || now < due + Tick, $"due {due}, not fired by {now}");
            }
        }

        Assert.Equal(0, wheel.Count);
        Assert.Empty(failures);
    }

    [Fact]
    public void Fires_AfterALongEmptyTime()
    {
        wheel.Advance(10_000 * Tick, failures.Add);
        var timer = new Probe();
        wheel.Add(timer, 10_001 * Tick);
        wheel.Advance(10_002 * Tick, failures.Add);
        Assert.Equal(1, timer.Fired);
    }

    [Fact]
    public void Fires_AtTheNextTick_WhenDueInThePast()
    {
        wheel.Advance(100 * Tick, failures.Add);
        var timer = new Probe();
        wheel.Add(timer, 0);
        wheel.Advance(101 * Tick, failures.Add);
        Assert.Equal(1, timer.Fired);
    }

    [Fact]
    public void Repeats_WithoutDrift()
    {
        var timer = new Probe { Interval = (Tick * 3) + 1 };
        wheel.Add(timer, Tick);
        wheel.Advance(Tick + (100 * timer.Interval) + Tick, failures.Add);
        Assert.Equal(101, timer.Fired);
    }

    [Fact]
    public void Cancelled_NeverFires_AndLeavesAtOnce()
    {
        var first = new Probe();
        var second = new Probe();
        wheel.Add(first, Tick);
        wheel.Add(second, Tick);
        Assert.True(first.Cancel());
        Assert.False(first.Cancel());
        Assert.Equal(1, wheel.Count);
        wheel.Advance(5 * Tick, failures.Add);
        Assert.Equal(0, first.Fired);
        Assert.Equal(1, second.Fired);
    }

    [Fact]
    public void Failure_OfOneTimer_DoesNotStopTheOthers()
    {
        var bad = new Probe { Failure = new InvalidOperationException("bad") };
        var good = new Probe();
        wheel.Add(bad, Tick);
        wheel.Add(good, Tick);
        wheel.Advance(2 * Tick, failures.Add);
        Assert.Same(bad.Failure, Assert.Single(failures));
        Assert.Equal(1, good.Fired);
    }

    [Fact]
    public void Repetition_EndsWithItsFirstFailure()
    {
        var bad = new Probe { Failure = new InvalidOperationException("bad"), Interval = Tick };
        wheel.Add(bad, Tick);
        wheel.Advance(10 * Tick, failures.Add);
        Assert.Equal(1, bad.Fired);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void AbandonAll_TellsEveryTimer()
    {
        var timers = Enumerable.Range(0, 50).Select(_ => new Probe()).ToArray();
        for (var i = 0; i < timers.Length; i++)
            wheel.Add(timers[i], i * Tick);
        wheel.AbandonAll();
        Assert.Equal(0, wheel.Count);
        Assert.All(timers, static timer => Assert.True(timer.Abandoned));
    }

    private sealed class Probe : WheelTimer
    {
        public int Fired { get; private set; }

        public bool Abandoned { get; private set; }

        public Exception? Failure { get; init; }

        public override void Fire()
        {
            Fired++;
            if (Failure is not null)
                throw Failure;
        }

        public override void Abandon() => Abandoned = true;
    }
}
