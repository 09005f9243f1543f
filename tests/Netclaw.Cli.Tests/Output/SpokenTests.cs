using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Output;

public sealed class SpokenTests
{
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(300, "5 min")]
    [InlineData(7200, "2 h")]
    [InlineData(864000, "10 days")]
    public void Says_HowLong(int seconds, string expected) => Assert.Equal(expected, Spoken.Span(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Says_WhenSomethingIsOver()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

        Assert.Equal("in 90 s", Spoken.In(now.AddSeconds(90).ToUnixTimeMilliseconds(), now));
        Assert.Equal("expired", Spoken.In(now.AddSeconds(-1).ToUnixTimeMilliseconds(), now));
        Assert.Equal("90 s ago", Spoken.Ago(now.AddSeconds(-90).ToUnixTimeMilliseconds(), now));
    }

    [Fact]
    public void NamesScopes_WithoutTheirCommonPrefix()
    {
        Assert.Equal("approvals, pairing, read, write", Spoken.Scopes(ScopeSet.DeviceDefault));
        Assert.Equal("none", Spoken.Scopes(ScopeSet.Empty));
    }
}
