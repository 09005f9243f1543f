using System.Net;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary><c>netclaw doctor proxy</c> against ready-made configurations and deliberately wrong ones, from one request each.</summary>
public sealed class DoctorProxyTests(LocalGateway gateway) : IClassFixture<LocalGateway>
{
    /// <summary>What is wrong, what the doctor must find, in its order, and a piece of the line that it must name.</summary>
    private static readonly (Wrong Wrong, int Exit, string[] Findings, string Fix)[] Mistakes =
    [
        (new("nginx without upgrade", ReadyMade.Nginx, Wrong.Without("proxy_set_header Upgrade", "proxy_set_header Connection")), ExitCodes.Failed, ["upgrade_missing"], "proxy_set_header Upgrade $http_upgrade;"),
        (new("nginx in HTTP/1.0", ReadyMade.Nginx, Wrong.Without("proxy_http_version")), ExitCodes.Warned, ["http_version"], "proxy_http_version 1.1;"),
        (new("nginx with another Host", ReadyMade.Nginx, Wrong.Instead("$http_host", "gateway.internal")), ExitCodes.Failed, ["host_not_kept"], "proxy_set_header Host $http_host;"),
        (new("nginx with the gateway's Host", ReadyMade.Nginx, Wrong.Without("proxy_set_header Host")), ExitCodes.Warned, ["host_not_kept"], "proxy_set_header Host $http_host;"),
        (new("nginx that passes X-Forwarded-For on", ReadyMade.Nginx, Wrong.Without("X-Forwarded-For")), ExitCodes.Failed, ["client_forged"], "proxy_set_header X-Forwarded-For $remote_addr;"),
        (new("nginx that passes Forwarded on", ReadyMade.Nginx, Wrong.Without("proxy_set_header Forwarded ")), ExitCodes.Failed, ["client_forged"], "proxy_set_header X-Forwarded-For $remote_addr;"),
        (new("nginx that passes X-Real-IP on", ReadyMade.Nginx, Wrong.Without("X-Real-IP")), ExitCodes.Warned, ["forwarding_passed_on"], "proxy_set_header X-Real-IP \"\";"),
        (new("nginx that names no client", ReadyMade.Nginx, text => Wrong.Instead("$remote_addr", "\"\"")(Wrong.Instead("$scheme", "\"\"")(text))), ExitCodes.Warned, ["forwarding_missing"], "proxy_set_header X-Forwarded-For $remote_addr;"),
        (new("nginx that adds a prefix", ReadyMade.Nginx, text => Wrong.Instead("location / {", "location / { rewrite ^/(.*)$ /netclaw/$1 break;")(text)), ExitCodes.Failed, ["path_changed"], "proxy_pass http://"),
        (new("Caddy without upgrade", ReadyMade.Caddy, Wrong.Instead("header_up -Via", "header_up -Upgrade")), ExitCodes.Failed, ["upgrade_missing"], "remove every header_up that names Upgrade"),
        (new("Caddy with the gateway's Host", ReadyMade.Caddy, Wrong.Instead("header_up -Via", "header_up Host {upstream_hostport}")), ExitCodes.Warned, ["host_not_kept"], "remove header_up Host"),
        (new("Caddy that passes Forwarded on", ReadyMade.Caddy, Wrong.Without("-Forwarded\n".TrimEnd())), ExitCodes.Failed, ["client_forged"], "remove trusted_proxies"),
        (new("Caddy that believes everybody", ReadyMade.Caddy, Wrong.Instead("header_up -Via", "trusted_proxies 127.0.0.0/8")), ExitCodes.Warned, ["forwarding_passed_on", "forwarding_passed_on"], "header_up -X-Forwarded-"),
        (new("HAProxy without upgrade", ReadyMade.HaProxy, Wrong.Instead("http-request set-header X-Forwarded-Proto https", "http-request del-header upgrade")), ExitCodes.Failed, ["upgrade_missing"], "remove every http-request del-header"),
        (new("HAProxy with another Host", ReadyMade.HaProxy, Wrong.Instead("set-header X-Forwarded-Proto https", "set-header Host gateway.internal")), ExitCodes.Failed, ["host_not_kept"], "remove http-request set-header Host"),
        (new("HAProxy that adds and removes nothing", ReadyMade.HaProxy, Wrong.Without("http-request")), ExitCodes.Failed,
            ["client_forged", "forwarding_passed_on", "forwarding_passed_on", "forwarding_passed_on"], "http-request set-header X-Forwarded-For %[src]"),
        (new("HAProxy that forwards bytes", ReadyMade.HaProxyTcp, text => text + "\n"), ExitCodes.Warned, ["bytes_only"], ""),
    ];

    public static TheoryData<string> MistakeNames => [.. Mistakes.Select(entry => entry.Wrong.Name)];

    [BehindProxyTheory]
    [InlineData("nginx.conf", "nginx")]
    [InlineData("Caddyfile", "Caddy")]
    [InlineData("haproxy.cfg", "HAProxy")]
    public async Task ReadyMade_IsHealthy(string file, string proxy)
    {
        await using var front = await Proxy.StartAsync(ReadyMade.Named(file), gateway.EndPoint);

        var report = (await gateway.DoctorAsync(front)).Expect(ExitCodes.Ok).Json();

        Assert.True(report.GetProperty("healthy").GetBoolean());
        Assert.Equal(proxy, report.GetProperty("proxy").GetString());
        Assert.Empty(Ids(report));
    }

    [BehindProxyTheory]
    [MemberData(nameof(MistakeNames))]
    public async Task Mistake_IsNamedWithTheLineThatMendsIt(string mistake)
    {
        var (wrong, exit, findings, fix) = Mistakes.Single(entry => entry.Wrong.Name == mistake);
        await using var front = await Proxy.StartAsync(wrong.File, gateway.EndPoint, wrong.Change);

        var report = (await gateway.DoctorAsync(front)).Expect(exit).Json();

        Assert.Equal(findings, Ids(report));
        Assert.Contains(fix, report.GetProperty("findings")[0].GetProperty("fix").GetRawText().Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(report.GetProperty("healthy").GetBoolean());
    }

    /// <summary>The gateway reads the chain from the proxy's end, so what a client wrote at the other end does no harm.</summary>
    [BehindProxyFact]
    public async Task AppendedForwardedFor_IsHealthy()
    {
        await using var front = await Proxy.StartAsync(ReadyMade.Nginx, gateway.EndPoint, Wrong.Instead("$remote_addr", "$proxy_add_x_forwarded_for"));

        Assert.Empty(Ids((await gateway.DoctorAsync(front)).Expect(ExitCodes.Ok).Json()));
    }

    [BehindProxyTheory]
    [InlineData("nginx.conf")]
    [InlineData("Caddyfile")]
    [InlineData("haproxy.cfg")]
    public async Task GatewayThatIsNotThere_IsToldFromAProxyThatIsNotThere(string file)
    {
        var front = await Proxy.StartAsync(ReadyMade.Named(file), FreeEndPoint.OnLoopback());
        await using (front)
        {
            Assert.Equal(["gateway_not_reached"], Ids((await gateway.DoctorAsync(front)).Expect(ExitCodes.Failed).Json()));
            await front.StopAsync();
            Assert.Equal(["endpoint_unreachable"], Ids((await gateway.DoctorAsync(front)).Expect(ExitCodes.Failed).Json()));
        }
    }

    [BehindProxyTheory]
    [InlineData("nginx-users.conf")]
    [InlineData("Caddyfile-users")]
    [InlineData("haproxy-users.cfg")]
    public async Task ProxyThatWantsAPassword_IsAskedWithOne(string file)
    {
        await using var front = await Proxy.StartAsync(ReadyMade.Named(file), gateway.EndPoint);

        Assert.Equal(["password_wanted"], Ids((await gateway.DoctorAsync(front)).Expect(ExitCodes.Failed).Json()));
        Assert.Equal(["password_refused"], Ids((await gateway.DoctorAsync(front, $"{TestUser.Name}:wrong\n", "--password-stdin")).Expect(ExitCodes.Failed).Json()));
        var run = (await gateway.DoctorAsync(front, $"{TestUser.Name}:{TestUser.Password}\n", "--password-stdin")).Expect(ExitCodes.Ok);
        Assert.Empty(Ids(run.Json()));
        Assert.DoesNotContain(TestUser.Password, run.Out + run.Error, StringComparison.Ordinal);
    }

    [BehindProxyFact]
    public async Task CertificateThatNobodyTrusts_IsNamed()
    {
        await using var front = await Proxy.StartAsync(ReadyMade.Nginx, gateway.EndPoint);

        Assert.Equal(["endpoint_tls_failed"], Ids((await gateway.DoctorAsync(front.Url.ToString(), "/dev/null")).Expect(ExitCodes.Failed).Json()));
    }

    [Fact]
    public async Task AddressThatLeadsElsewhere_IsNamed()
    {
        await using var elsewhere = new RecordingUpstream();

        var report = (await gateway.DoctorAsync($"http://{elsewhere.EndPoint}", "/dev/null")).Expect(ExitCodes.Failed).Json();

        Assert.Equal(["elsewhere"], Ids(report));
    }

    [Fact]
    public async Task GatewayItself_IsNoProxy()
    {
        var report = (await gateway.DoctorAsync($"http://{gateway.EndPoint}", "/dev/null")).Expect(ExitCodes.Warned).Json();

        Assert.Equal(["bytes_only"], Ids(report));
    }

    /// <summary>What arrived is shown, but of secrets only that they did.</summary>
    [BehindProxyFact]
    public async Task Report_ShowsWhatArrived()
    {
        await using var front = await Proxy.StartAsync(ReadyMade.Nginx, gateway.EndPoint);

        var arrived = (await gateway.DoctorAsync(front)).Expect(ExitCodes.Ok).Json().GetProperty("arrived");

        Assert.Equal(Limits.HubPath, arrived.GetProperty("path").GetString());
        Assert.Equal("loopback", arrived.GetProperty("place").GetString());
        Assert.Equal("127.0.0.1", Value("x-forwarded-for"));
        Assert.Equal(front.Place.Listen.ToString(), Value("host"));
        Assert.Null(Value("sec-websocket-key"));

        string? Value(string name)
        {
            var header = arrived.GetProperty("headers").EnumerateArray().Single(entry => entry.GetProperty("name").GetString()!.Equals(name, StringComparison.OrdinalIgnoreCase));
            return header.TryGetProperty("value", out var value) ? value.GetString() : null;
        }
    }

    private static string[] Ids(JsonElement report) => [.. report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("id").GetString()!)];
}
