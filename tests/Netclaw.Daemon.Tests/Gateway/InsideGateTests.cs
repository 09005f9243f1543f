using System.Net;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Who reads the metrics of a gateway that others reach.</summary>
public sealed class InsideGateTests
{
    private const string Name = "gateway.example";
    private const string Tunnel = """
        "exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true,"externalUrl":"https://gateway.example"}
        """;

    [Fact]
    public async Task BehindATunnel_TheTokenReads_WhereItHoldsReadThere()
    {
        await using var host = await GatewayHost.StartAsync("{" + Tunnel + ""","auth":{"sharedSecretScopes":{"remote":["operator.read"]}}}""");

        Assert.Equal((HttpStatusCode.Unauthorized, "unauthorized"), await CodeAsync(host));
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthorized"), await CodeAsync(host, ("Authorization", "Bearer wrong")));
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthorized"), await CodeAsync(host, ("Authorization", "Basic " + Token(host))));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await host.GetAsync("/metrics", headers: ("Authorization", "Bearer " + Token(host)))).Status);
        var (status, text) = await host.GetAsync("/metrics", false, ("Host", Name), ("Authorization", "Bearer " + Token(host)), ("Cf-Connecting-Ip", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("netclaw_sessions", text, StringComparison.Ordinal);
        Assert.Contains("netclaw_sessions", (await host.GetAsync("/metrics", control: true)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BehindATunnel_TheTokenAloneHoldsNothingByDefault()
    {
        await using var host = await GatewayHost.StartAsync("{" + Tunnel + "}");

        Assert.Equal((HttpStatusCode.Forbidden, "missing_scope"), await CodeAsync(host, ("Authorization", "Bearer " + Token(host))));
    }

    [Fact]
    public async Task WrongTokens_AreCountedByTheClientsAddress()
    {
        await using var host = await GatewayHost.StartAsync("{" + Tunnel + ""","auth":{"rateLimit":{"maxAttempts":2},"sharedSecretScopes":{"remote":["operator.read"]}}}""");
        for (var guess = 0; guess < 2; guess++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await CodeAsync(host, ("Authorization", $"Bearer {guess}"), ("Cf-Connecting-Ip", "203.0.113.7"))).Status);
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, "auth_rate_limited"), await CodeAsync(host, ("Authorization", "Bearer " + Token(host)), ("Cf-Connecting-Ip", "203.0.113.7")));
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(host, ("Authorization", "Bearer " + Token(host)), ("Cf-Connecting-Ip", "203.0.113.8"))).Status);
    }

    [Fact]
    public async Task BehindAProxy_TheUserItNamesReads()
    {
        await using var host = await GatewayHost.StartAsync("""
            {"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.1"],"externalUrl":"https://gateway.example"},
             "auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-Forwarded-User","requiredHeaders":["X-Team"],"allowUsers":["prometheus"],"allowLoopback":true}}}
            """);

        Assert.Equal((HttpStatusCode.Unauthorized, "trusted_proxy_missing_header_x-team"), await CodeAsync(host, ("X-Forwarded-User", "prometheus")));
        Assert.Equal("trusted_proxy_user_missing", (await CodeAsync(host, ("X-Team", "a"))).Code);
        Assert.Equal("trusted_proxy_user_missing", (await CodeAsync(host, ("X-Team", "a"), ("X-Forwarded-User", "prometheus"), ("X_Forwarded_User", "root"))).Code);
        Assert.Equal("trusted_proxy_user_missing", (await CodeAsync(host, ("X-Team", "a"), ("X-Forwarded-User", "prometheus, root"))).Code);
        Assert.Equal("trusted_proxy_user_missing", (await CodeAsync(host, ("X-Team", "a"), ("X-Forwarded-User", "prometheus"), ("Connection", "x-forwarded-user"))).Code);
        Assert.Equal("trusted_proxy_user_not_allowed", (await CodeAsync(host, ("X-Team", "a"), ("X-Forwarded-User", "mallory"))).Code);
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(host, ("X-Team", "a"), ("X-Forwarded-User", "prometheus"))).Status);

        var records = File.ReadLines(host.Home.AuditLog).Where(line => line.Contains("http.get /metrics", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, records.Count);
        Assert.Contains("\"subject\":\"proxy:prometheus\"", records[^1], StringComparison.Ordinal);
        Assert.Contains("trusted_proxy_user_not_allowed", records[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OthersAreTold_ThatItIsNotReady_ButNotWhy()
    {
        await using var host = await GatewayHost.StartAsync("{" + Tunnel + "}");
        host.Service<Netclaw.Daemon.Http.Readiness>().Draining();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready\n"), await host.GetAsync("/readyz", headers: ("Host", Name)));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining: the gateway is going down\n"), await host.GetAsync("/readyz", control: true));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await host.GetAsync("/healthz", headers: ("Host", Name)));
    }

    private static async Task<(HttpStatusCode Status, string Code)> CodeAsync(GatewayHost host, params (string, string)[] headers)
    {
        var (status, body) = await host.GetAsync("/metrics", false, [("Host", Name), .. headers]);
        return (status, body.Split(':')[0]);
    }

    private static string Token(GatewayHost host) => File.ReadAllText(Path.Combine(host.Home.KeysDirectory, "gateway.token")).Trim();
}
