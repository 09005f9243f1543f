using Netclaw.Cli.Endpoints;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Endpoints;

public sealed class EndpointSurveyTests : IDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly PublicKey _gateway = SigningKey.Generate().Public;

    [Fact]
    public void FindsNoHost_WithoutKeys()
    {
        Assert.Null(EndpointSurvey.HostOf(_home.Home));

        _home.Write("keys/host.key", "pem");
        Assert.Null(EndpointSurvey.HostOf(_home.Home));
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:5199")]
    [InlineData("""{"listen":{"address":"0.0.0.0","port":7000}}""", "http://127.0.0.1:7000")]
    [InlineData("""{"listen":{"address":"::","port":7000}}""", "http://[::1]:7000")]
    [InlineData("""{"listen":{"address":"10.1.2.3"}} // mine""", "http://10.1.2.3:5199")]
    [InlineData("not json at all", "http://127.0.0.1:5199")]
    public void TakesTheConfiguredAddress_WithWildcardsAsLoopback(string? config, string expected)
    {
        Keys();
        if (config is not null)
        {
            _home.Write("netclaw.json", config);
        }

        var host = EndpointSurvey.HostOf(_home.Home);

        Assert.NotNull(host);
        Assert.Equal(_gateway.GatewayId, host.GatewayId);
        Assert.Equal(expected, Assert.Single(host.Urls));
    }

    [Fact]
    public void PrefersWhatTheDaemonBound_OverWhatIsConfigured()
    {
        Keys();
        _home.Write("netclaw.json", """{"listen":{"port":7000}}""");
        _home.Write("run/netclawd.json", $$"""
            {"pid":1,"startedAtMs":0,"gatewayId":"{{_gateway.GatewayId}}","gatewayName":"n","gatewayKey":"{{_gateway}}",
             "endpoints":["http://127.0.0.1:41234"],"controlSocket":"/x","version":"0.1.0"}
            """);

        Assert.Equal("http://127.0.0.1:41234", Assert.Single(EndpointSurvey.HostOf(_home.Home)!.Urls));
    }

    public void Dispose() => _home.Dispose();

    private void Keys()
    {
        _home.Write("keys/host.key", "pem");
        _home.Write("keys/gateway.json", $$"""{"gatewayId":"{{_gateway.GatewayId}}","name":"n","epoch":1,"bootstrap":"Seeded"}""");
    }
}
