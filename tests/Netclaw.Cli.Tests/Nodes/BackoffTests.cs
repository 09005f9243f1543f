using Netclaw.Cli.Nodes;

namespace Netclaw.Cli.Tests.Nodes;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_DoubleUpToTheLongest_AndBeginAgainOnceItWasLetIn()
    {
        var backoff = new Backoff(() => 0.5);

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => backoff.Next().TotalSeconds));
        backoff.Reset();
        Assert.Equal(Backoff.First, backoff.Next());
    }

    [Theory]
    [InlineData(0.0, 0.8)]
    [InlineData(0.999, 1.1996)]
    public void Waits_DifferByAFifth_ByChance(double chance, double seconds) => Assert.Equal(seconds, new Backoff(() => chance).Next().TotalSeconds, 6);
}
