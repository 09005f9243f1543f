using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>Proxy and gateway on one machine: loopback proves nothing by itself, the kernel says whose process it is.</summary>
[Collection(SameHostGateway.Name)]
public sealed class SameHostTests(SameHostGateway gateway)
{
    public static TheoryData<string> WithUsers => [.. ReadyMade.All.Where(file => file.AsksForUser).Select(file => file.File)];

    public static TheoryData<string> WithoutUsers => [.. ReadyMade.All.Where(file => !file.AsksForUser).Select(file => file.File)];

    [BehindProxyTheory]
    [MemberData(nameof(WithUsers))]
    public async Task User_WhomTheProxyNames_IsLetIn(string file)
    {
        var welcome = await gateway.ConnectAsync(file);

        Assert.Equal("ok", welcome.Code);
        Assert.Equal("trusted-proxy", welcome.Method);
        Assert.Equal(["operator.read", "operator.write"], welcome.Scopes.Order());
    }

    [BehindProxyTheory]
    [MemberData(nameof(WithUsers))]
    public async Task User_IsWhoGaveThePassword_WhateverTheClientSays(string file)
    {
        await using var hub = await SameHostGateway.OpenAsync(
            gateway[file], "X-Forwarded-User: mallory", "x-forwarded-user: eve", "X_Forwarded_User: trent", "X-Forwarded-For: 203.0.113.66", "Forwarded: for=203.0.113.66");
        var own = await hub.OwnRowAsync(await hub.ConnectAsync());
        Assert.Equal($"proxy:{TestUser.Name}", own.GetProperty("principal").GetString());
        Assert.DoesNotContain("203.0.113.66", own.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Proxies that ask nobody: a client that names itself stays nobody.</summary>
    [BehindProxyTheory]
    [InlineData("nginx.conf")]
    [InlineData("Caddyfile")]
    [InlineData("haproxy.cfg")]
    public async Task ProxyThatNamesNobody_LetsNobodyIn(string file)
    {
        Assert.Equal("trusted_proxy_user_missing", (await gateway.ConnectAsync(file)).Code);
        Assert.Equal("trusted_proxy_user_missing", (await gateway.ConnectAsync(file, $"X-Forwarded-User: {TestUser.Name}")).Code);
        Assert.Equal("trusted_proxy_user_missing", (await gateway.ConnectAsync(file, $"X_Forwarded_User: {TestUser.Name}")).Code);
    }

    [BehindProxyFact]
    public async Task UserWhoIsNotListed_IsRefused()
    {
        await using var front = await gateway.StartAsync(ReadyMade.NginxUsers, Wrong.Instead("$remote_user", "bob"));
        await using var hub = await SameHostGateway.OpenAsync(front);

        Assert.Equal("trusted_proxy_user_not_allowed", (await hub.ConnectAsync()).Code);
    }

    [BehindProxyFact]
    public async Task ProxyThatAddsNoHeaders_LetsNobodyIn()
    {
        await using var front = await gateway.StartAsync(ReadyMade.Nginx, text => Wrong.Instead("$scheme", "\"\"")(Wrong.Instead("$remote_addr", "\"\"")(text)));
        await using var hub = await SameHostGateway.OpenAsync(front);

        Assert.Equal("trusted_proxy_missing_header_x-forwarded-proto", (await hub.ConnectAsync()).Code);
    }

    /// <summary>Bytes as they are, from the proxy's own user: whatever a sloppy proxy might let through.</summary>
    [BehindProxyTheory]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "X-Forwarded-User: alice")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "x-forwarded-user: bob")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice, bob")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "X_Forwarded_User: bob")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "X-Forwarded_User: alice")]
    [InlineData("trusted_proxy_user_missing", "X_Forwarded_User: alice")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: ")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "Connection: Upgrade, X-Forwarded-User")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "Connection: upgrade,x-forwarded-user, close")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "Connection: X-Forwarded-User", "Connection: keep-alive, Upgrade")]
    [InlineData("trusted_proxy_user_missing", "X-Forwarded-User: alice", "Connection: upgrade, x_forwarded_user")]
    [InlineData("trusted_proxy_missing_header_x-forwarded-proto", "X-Forwarded-User: alice", "Connection: upgrade, x-forwarded-proto")]
    [InlineData("trusted_proxy_user_not_allowed", "X-Forwarded-User: mallory")]
    [InlineData("trusted_proxy_user_not_allowed", "X-Forwarded-User: Alice")]
    [InlineData("trusted_proxy_user_not_allowed", "X-Forwarded-User: alice@evil.example")]
    public async Task HeadersThatTwoServersMightReadDifferently_AreRefused(string code, params string[] lines) =>
        Assert.Equal(code, (await gateway.ConnectAsync(ReadyMade.HaProxyTcp.File, ["X-Forwarded-Proto: https", "X-Forwarded-For: 198.51.100.20", .. lines])).Code);

    /// <summary>400, or 404 where what remains is no upgrade; never one.</summary>
    [BehindProxyTheory]
    [InlineData("X-Forwarded-User : alice")]
    [InlineData("X-Harmless: a\r\n X-Forwarded-User: alice")]
    [InlineData("X-Harmless: a\rX-Forwarded-User: alice")]
    [InlineData("X-Forwarded-User\0: alice")]
    [InlineData("X-Forwarded-User: al\0ice")]
    [InlineData("Connection: upgrade, x-forwarded-user\0")]
    [InlineData("Host: 127.0.0.1")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    public async Task RequestsThatAreNotHttp_OpenNothing(string line)
    {
        await using var connection = await RawConnection.OpenAsync(gateway[ReadyMade.HaProxyTcp.File]);
        await connection.SendAsync(Fronts.Upgrade.Request(connection.Host, "X-Forwarded-Proto: https", line));

        Assert.Contains((await connection.AnswerAsync())?.Status ?? 400, new[] { 400, 404 });
    }

    [BehindProxyFact]
    public async Task HiddenSecondRequest_IsNotServed()
    {
        await using var connection = await RawConnection.OpenAsync(gateway[ReadyMade.HaProxyTcp.File]);
        await connection.SendAsync(
            $"POST /healthz HTTP/1.1\r\nHost: {connection.Host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
            $"GET /healthz HTTP/1.1\r\nHost: {connection.Host}\r\n\r\n");

        Assert.True(await connection.AnswerAsync() is null or { Status: 400 or 404 });
        Assert.Null(await connection.AnswerAsync());
    }

    [BehindProxyFact]
    public async Task AbsoluteTargetOfAnotherHost_IsNotServed()
    {
        await using var connection = await RawConnection.OpenAsync(gateway[ReadyMade.HaProxyTcp.File]);
        await connection.SendAsync(Fronts.Upgrade.Request($"http://evil.example{Limits.HubPath}", connection.Host, ["X-Forwarded-Proto: https", "X-Forwarded-User: alice"]));

        Assert.True(await connection.AnswerAsync() is null or { Status: 400 });
    }

    /// <summary>Past the proxy, from this very machine: the kernel says that the process is not the proxy's.</summary>
    [BehindProxyAsRootFact]
    public async Task ProcessThatPosesAsTheProxy_IsRefused()
    {
        await using var hub = await RawHub.OpenAsync(
            await RawConnection.OpenAsync(gateway.Machine.EndPoint), $"X-Forwarded-User: {TestUser.Name}", "X-Forwarded-Proto: https", "X-Forwarded-For: 198.51.100.20");

        Assert.Equal("trusted_proxy_uid_not_allowed", (await hub.ConnectAsync()).Code);
    }

    [BehindProxyTheory]
    [InlineData("https://evil.example", "trusted_proxy_origin_not_allowed")]
    [InlineData("null", "trusted_proxy_origin_not_allowed")]
    public async Task PageOfAnotherSite_IsRefused_EvenWithTheUsersPassword(string origin, string code) =>
        Assert.Equal(code, (await gateway.ConnectAsync(ReadyMade.NginxUsers.File, $"Origin: {origin}")).Code);

    [BehindProxyFact]
    public async Task HostOfAnotherName_IsRefused()
    {
        await using var front = await gateway.StartAsync(ReadyMade.NginxUsers, Wrong.Instead("$http_host", "evil.example"));
        await using var hub = await SameHostGateway.OpenAsync(front);

        Assert.Equal("host_not_allowed", (await hub.ConnectAsync()).Code);
    }

    [BehindProxyTheory]
    [MemberData(nameof(WithoutUsers))]
    public async Task Device_PairsAndWorksThroughEveryProxy(string file)
    {
        await using var device = new Machine();
        var proxy = gateway[file];
        var address = proxy.Url.ToString().TrimEnd('/');

        (await SameHostGateway.RunAsync(device, proxy, await gateway.Machine.CodeAsync() + "\n", "pair", address, "--code-stdin", "--json")).Expect(ExitCodes.Ok);
        var status = (await SameHostGateway.RunAsync(device, proxy, null, "status", "--json")).Expect(ExitCodes.Ok).Json();

        Assert.Equal("device-key", status.GetProperty("you").GetProperty("method").GetString());
        Assert.Equal(address, status.GetProperty("reachedBy").GetProperty("address").GetString());
    }
}
