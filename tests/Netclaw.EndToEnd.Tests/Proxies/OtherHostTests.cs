using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>The proxy on another host: its address is the last hop, and nobody else's word counts.</summary>
public sealed class OtherHostTests(OtherHostGateways gateways) : IClassFixture<OtherHostGateways>
{
    private const string Forged = "203.0.113.66";

    private static readonly string[] AsAProxyWould = [$"X-Forwarded-User: {TestUser.Name}", "X-Forwarded-Proto: https", $"X-Forwarded-For: {Forged}"];

    public static TheoryData<string> WithUsers => [.. ReadyMade.All.Where(file => file.AsksForUser).Select(file => file.File)];

    public static TheoryData<string> WithoutUsers => [.. ReadyMade.All.Where(file => !file.AsksForUser).Select(file => file.File)];

    [OtherHostTheory]
    [MemberData(nameof(WithUsers))]
    public async Task User_IsLetIn_AndSeenAtTheClientsOwnAddress(string file)
    {
        await using var hub = await gateways.OpenFromNeighbourAsync(gateways[file], "X-Forwarded-User: mallory", $"X-Forwarded-For: {Forged}", $"Forwarded: for={Forged}", $"X-Real-IP: {Forged}");

        var welcome = await hub.ConnectAsync();
        Assert.Equal(("ok", "trusted-proxy"), (welcome.Code, welcome.Method));
        var own = await hub.OwnRowAsync(welcome);
        Assert.Equal($"proxy:{TestUser.Name}", own.GetProperty("principal").GetString());
        Assert.Equal(gateways.Pair.Neighbour.ToString(), own.GetProperty("remoteAddress").GetString());
    }

    /// <summary>Past the proxy, with everything that a proxy would say.</summary>
    [OtherHostFact]
    public async Task BypassOfTheProxy_IsRefused()
    {
        await using var fromNeighbour = await RawHub.OpenAsync(
            await RawConnection.OpenAsync(gateways.Users.EndPoint, await gateways.Pair.SocketAtAsync(gateways.Pair.Neighbour)), AsAProxyWould);
        await using var fromHere = await RawHub.OpenAsync(await RawConnection.OpenAsync(gateways.Users.EndPoint), AsAProxyWould);

        Assert.Equal("trusted_proxy_untrusted_source", (await fromNeighbour.ConnectAsync()).Code);
        Assert.Equal("trusted_proxy_untrusted_source", (await fromHere.ConnectAsync()).Code);
    }

    [OtherHostFact]
    public async Task SharedToken_PastTheProxy_IsRefusedToo()
    {
        await using var hub = await RawHub.OpenAsync(
            await RawConnection.OpenAsync(gateways.Plain.EndPoint, await gateways.Pair.SocketAtAsync(gateways.Pair.Neighbour)));

        Assert.Equal("trusted_proxy_untrusted_source", (await hub.ConnectAsync(Token())).Code);
    }

    [OtherHostTheory]
    [MemberData(nameof(WithoutUsers))]
    public async Task SharedToken_ThroughTheProxy_LetsWhatIsConfigured(string file)
    {
        await using var right = await gateways.OpenFromNeighbourAsync(gateways[file]);
        await using var wrong = await gateways.OpenFromNeighbourAsync(gateways[file]);
        await using var without = await gateways.OpenFromNeighbourAsync(gateways[file]);

        var welcome = await right.ConnectAsync(Token());
        Assert.Equal(("ok", "token"), (welcome.Code, welcome.Method));
        Assert.Equal(["operator.read"], welcome.Scopes);
        Assert.Equal("unauthorized", (await wrong.ConnectAsync("""{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")).Code);
        Assert.Equal("unauthorized", (await without.ConnectAsync()).Code);
    }

    [OtherHostTheory]
    [MemberData(nameof(WithoutUsers))]
    public async Task Device_PairsAndWorksThroughEveryProxy(string file)
    {
        await using var device = new Machine();
        var proxy = gateways[file];

        (await SameHostGateway.RunAsync(device, proxy, await gateways.Plain.CodeAsync() + "\n", "pair", proxy.Url.ToString(), "--code-stdin", "--json")).Expect(ExitCodes.Ok);

        var status = (await SameHostGateway.RunAsync(device, proxy, null, "status", "--json")).Expect(ExitCodes.Ok).Json();
        Assert.Equal("device-key", status.GetProperty("you").GetProperty("method").GetString());
    }

    /// <summary>A key needs nobody's good word.</summary>
    [OtherHostFact]
    public async Task Device_WorksPastTheProxyToo()
    {
        await using var device = new Machine();

        await device.PairWithAsync(gateways.Users);

        Assert.Equal("device-key", (await device.JsonAsync("status")).GetProperty("you").GetProperty("method").GetString());
    }

    [OtherHostTheory]
    [MemberData(nameof(WithoutUsers))]
    public async Task NodeWithoutAKey_IsRefused(string file)
    {
        await using var hub = await gateways.OpenFromNeighbourAsync(gateways[file]);

        Assert.Equal("device_identity_required", (await hub.ConnectAsync(Token(), role: "node")).Code);
    }

    /// <summary>Why a forwarder of bytes must not stand where a proxy is believed: it has no word of its own. The doctor calls it an error.</summary>
    [OtherHostFact]
    public async Task BytesFromABelievedAddress_AreBelieved_AndTheDoctorSaysSo()
    {
        await using var silent = await gateways.OpenFromNeighbourAsync(gateways.BytesToUsers);
        await using var forged = await gateways.OpenFromNeighbourAsync(gateways.BytesToUsers, AsAProxyWould);

        Assert.Equal("trusted_proxy_missing_header_x-forwarded-proto", (await silent.ConnectAsync()).Code);
        Assert.Equal("ok", (await forged.ConnectAsync()).Code);
        var proxy = gateways.BytesToUsers;
        var report = (await SameHostGateway.DoctorAsync(gateways.Users, proxy)).Expect(ExitCodes.Failed).Json();
        Assert.Equal("bytes_only", report.GetProperty("findings")[0].GetProperty("id").GetString());
    }

    /// <summary>An address of the gateway's own host is no proxy because a range happens to hold it.</summary>
    [OtherHostFact]
    public async Task AddressOfAProxy_MustBeListed_AndItsOwnHostsByItself()
    {
        await using var range = new Machine();
        await gateways.UpAsync(range, GatewayConfiguration.Users, content => content["exposure"]!["trustedProxies"] = JsonArray(Network() + "/29"));
        await using var single = new Machine();
        await gateways.UpAsync(single, GatewayConfiguration.Users, content => content["exposure"]!["trustedProxies"] = JsonArray(gateways.Pair.Gateway.ToString()));

        await using var byRange = await RawHub.OpenAsync(await RawConnection.OpenAsync(range.EndPoint), AsAProxyWould);
        await using var bySingle = await RawHub.OpenAsync(await RawConnection.OpenAsync(single.EndPoint), AsAProxyWould);
        await using var fromThere = await RawHub.OpenAsync(
            await RawConnection.OpenAsync(range.EndPoint, await gateways.Pair.SocketAtAsync(gateways.Pair.Proxy)), AsAProxyWould);

        Assert.Equal("trusted_proxy_local_interface_source", (await byRange.ConnectAsync()).Code);
        Assert.Equal("ok", (await bySingle.ConnectAsync()).Code);
        Assert.Equal("ok", (await fromThere.ConnectAsync()).Code);

        await using var unlisted = await gateways.StartAsync(ReadyMade.NginxUsers, single);
        var finding = (await SameHostGateway.DoctorAsync(single, unlisted)).Expect(ExitCodes.Failed).Json().GetProperty("findings")[0];
        Assert.Equal("source_refused", finding.GetProperty("id").GetString());
        Assert.Contains($"exposure.trustedProxies: [\"{gateways.Pair.Proxy}\"]", finding.GetProperty("fix")[0].GetProperty("line").GetString());
    }

    [OtherHostFact]
    public async Task Restart_EndsConnections_AndTheyComeBack()
    {
        await using var proxy = await gateways.StartAsync(ReadyMade.NginxUsers, gateways.Users);
        await using var before = await gateways.OpenFromNeighbourAsync(proxy);
        var session = (await before.ConnectAsync()).Session;
        Assert.Contains(session, await SessionsAsync());

        await proxy.StopAsync();
        await before.EndAsync();
        await Eventually.TrueAsync(async () => !(await SessionsAsync()).Contains(session), "the gateway notices", 20);
        await proxy.StartAsync();

        await using var after = await gateways.OpenFromNeighbourAsync(proxy);
        Assert.Equal("ok", (await after.ConnectAsync()).Code);

        async Task<List<string?>> SessionsAsync() =>
            [.. (await gateways.Users.JsonAsync("connections", "list")).GetProperty("connections").EnumerateArray().Select(entry => entry.GetProperty("id").GetString())];
    }

    /// <summary>The proxies stay, the gateway goes and comes: none of them has to be told.</summary>
    [OtherHostFact]
    public async Task GatewayThatRestarts_IsFoundAgain()
    {
        await using var gateway = new Machine();
        await gateways.UpAsync(gateway, GatewayConfiguration.Plain);
        await using var nginx = await gateways.StartAsync(ReadyMade.Nginx, gateway);
        await using var caddy = await gateways.StartAsync(ReadyMade.Caddy, gateway);
        await using var haproxy = await gateways.StartAsync(ReadyMade.HaProxy, gateway);
        Proxy[] proxies = [nginx, caddy, haproxy];
        Assert.All(await AnswersAsync(), status => Assert.Equal(200, status));

        var listen = gateway.EndPoint;
        await gateway.JsonAsync("down");
        Assert.All(await AnswersAsync(), status => Assert.InRange(status, 502, 504));
        await gateway.UpAsync(listen);

        Assert.All(await AnswersAsync(), status => Assert.Equal(200, status));

        Task<int[]> AnswersAsync() => Task.WhenAll(proxies.Select(async proxy =>
        {
            await using var connection = await RawConnection.OpenAsync(proxy);
            await connection.SendAsync($"GET /healthz HTTP/1.1\r\nHost: {connection.Host}\r\nConnection: close\r\n\r\n");
            return (await connection.AnswerAsync())?.Status ?? 0;
        }));
    }

    private string Token() => $$"""{"token":"{{File.ReadAllText(Path.Combine(gateways.Plain.Root, "keys", "gateway.token")).Trim()}}"}""";

    private string Network() => gateways.Pair.Gateway.ToString()[..gateways.Pair.Gateway.ToString().LastIndexOf('.')] + "." + (gateways.Pair.Gateway.GetAddressBytes()[3] - 1);

    private static System.Text.Json.Nodes.JsonArray JsonArray(string value) => [System.Text.Json.Nodes.JsonValue.Create(value)];

}
