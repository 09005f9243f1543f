namespace Netclaw.Actors.Trust.Reading;

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
    public void TellOfAProxy(string name) => Assert.True(Request.From("127.0.0.1").With(name, "").Read().Forwarded);

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("close, x_forwarded_user")]
    [InlineData("Cf-Connecting-Ip ,upgrade")]
    public void TellOfAProxy_WhenTheConnectionHeaderNamesThem(string tokens) =>
        Assert.True(Request.From("127.0.0.1").With("Connection", tokens).Read().Forwarded);

    [Theory]
    [InlineData("Host")]
    [InlineData("Origin")]
    [InlineData("Connection")]
    [InlineData("X-Requested-With")]
    [InlineData("X-Request-Id")]
    [InlineData("Viable")]
    [InlineData("Vi")]
    [InlineData("Cfx")]
    [InlineData("User-Agent")]
    public void TellOfNone_WhenAClientSendsThemItself(string name) => Assert.False(Request.From("127.0.0.1").With(name, "upgrade").Read().Forwarded);
}
