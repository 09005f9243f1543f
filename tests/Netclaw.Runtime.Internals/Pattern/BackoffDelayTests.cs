using Akka.Pattern;

namespace Netclaw.Runtime.Internals.Pattern;

public sealed class BackoffDelayTests
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 200)]
    [InlineData(6, 6_400)]
    [InlineData(7, 10_000)]
    [InlineData(1_000_000, 10_000)]
    public void Waits_Double_UpToTheMost(int restarts, int milliseconds)
        => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), BackoffSupervisorBase.Delay(restarts, Least, Most, 0));

    [Fact]
    public void Jitter_AddsNoMoreThanItsFraction()
    {
        var waits = Enumerable.Range(0, 200).Select(_ => BackoffSupervisorBase.Delay(0, Least, Most, 0.5)).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, Least, Least * 1.5));
        Assert.True(waits.Distinct().Count() > 10);
    }
}
