using Netclaw.Daemon.Evidence;

namespace Netclaw.Daemon.Tests.Evidence;

public sealed class ForwardingHeadersTests
{
    [Theory]
    [InlineData("Forwarded")]
    [InlineData("forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X_Forwarded_For")]
    [InlineData("x-forwarded_proto")]
    [InlineData("X-Forwarded")]
    [InlineData("X-Real-IP")]
    [InlineData("x_real_ip")]
    [InlineData("Via")]
    [InlineData("CF-Connecting-IP")]
    [InlineData("Cf_Ray")]
    [InlineData("Tailscale-User-Login")]
    [InlineData("TAILSCALE_USER_LOGIN")]
    [InlineData("X-Envoy-External-Address")]
    [InlineData("X_Envoy_Internal")]
    public void TellOfAProxy(string name) => Assert.True(ForwardingHeaders.AnyIn(["Host", name]));

    [Theory]
    [InlineData("Host")]
    [InlineData("Origin")]
    [InlineData("Connection")]
    [InlineData("X-Requested-With")]
    [InlineData("X-Request-Id")]
    [InlineData("Viable")]
    [InlineData("Cfx")]
    [InlineData("User-Agent")]
    public void TellOfNone_WhenAClientSendsThemItself(string name) => Assert.False(ForwardingHeaders.AnyIn([name]));
}
