using Akka.Actor;

namespace Netclaw.Runtime.Internals.Core;

public sealed class RestartWindowTests
{
    private readonly Clock clock = new();
    private readonly ChildRestartStats stats = new();

    [Fact]
    public void Allows_AnyNumber_WithoutLimit() =>
        Assert.True(Enumerable.Range(0, 1_000).All(_ => stats.MayRestart(new RestartWindow(-1, -1), clock)));

    [Fact]
    public void Allows_None_WithZeroRetries() => Assert.False(stats.MayRestart(new RestartWindow(0, 1_000), clock));

    [Fact]
    public void Counts_ForEver_WithoutAWindow()
    {
        var window = new RestartWindow(2, -1);
        Assert.True(stats.MayRestart(window, clock));
        clock.Time = TimeSpan.FromDays(100);
        Assert.True(stats.MayRestart(window, clock));
        Assert.False(stats.MayRestart(window, clock));
    }

    [Fact]
    public void Counts_Anew_WhenTheWindowIsOver()
    {
        var window = new RestartWindow(2, 1_000);
        Assert.True(stats.MayRestart(window, clock));
        Assert.True(stats.MayRestart(window, clock));
        Assert.False(stats.MayRestart(window, clock));
        clock.Time = TimeSpan.FromMilliseconds(1_001);
        Assert.True(stats.MayRestart(window, clock));
        Assert.True(stats.MayRestart(window, clock));
        Assert.False(stats.MayRestart(window, clock));
    }

    [Fact]
    public void Allows_OnePerWindow_WithAWindowAndNoNumber()
    {
        var window = new RestartWindow(-1, 1_000);
        Assert.True(stats.MayRestart(window, clock));
        Assert.False(stats.MayRestart(window, clock));
    }

    private sealed class Clock : ITimeProvider
    {
        public TimeSpan Time { get; set; }

        public DateTimeOffset Now => DateTimeOffset.UnixEpoch + Time;

        public TimeSpan MonotonicClock => Time;

        public TimeSpan HighResMonotonicClock => Time;
    }
}
