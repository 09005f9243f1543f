using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>The protocol's own npm client, unmodified, through the life of a device.</summary>
public sealed class ReferenceClientTests
{
    [WithReferenceClientFact]
    public async Task Operator_ConnectsWithTheToken_AndCalls()
    {
        await using var host = new Machine();
        using var client = ReferenceClient.Operator(await host.UpAsync(), withIdentity: false, "operator.read", "operator.pairing");

        var said = client.Start(Token(host), calls: [("health", null), ("device.pair.list", null), ("system-presence", null), ("gateway.identity.get", null), ("no.such", null)]);
        var hello = (await said.NextAsync("hello")).GetProperty("hello");

        Assert.Equal(4, hello.GetProperty("protocol").GetInt32());
        Assert.Equal("gateway", hello.GetProperty("snapshot").GetProperty("presence")[0].GetProperty("mode").GetString());
        Assert.True((await said.ResultAsync()).GetProperty("ok").GetBoolean());
        Assert.Empty((await said.ResultAsync()).GetProperty("pending").EnumerateArray());
        Assert.Equal("self", (await said.ResultAsync())[0].GetProperty("reason").GetString());
        Assert.Equal(64, (await said.ResultAsync()).GetProperty("deviceId").GetString()!.Length);
        Assert.Equal("unknown method: no.such", (await said.NextAsync("failed")).GetProperty("message").GetString());
    }

    [WithReferenceClientFact]
    public async Task WrongToken_IsRefused_AndTheClientStopsTrying()
    {
        await using var host = new Machine();
        using var client = ReferenceClient.Operator(await host.UpAsync(), withIdentity: false, "operator.read");

        var said = client.Start("not the token at all");

        Assert.StartsWith("unauthorized: gateway token mismatch", (await said.NextAsync("refused")).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("AUTH_TOKEN_MISMATCH", (await said.NextAsync("paused")).GetProperty("detailCode").GetString());
    }

    [WithReferenceClientFact]
    public async Task Device_IsApproved_ComesBackByItself_SurvivesARestart_AndSees4001WhenItIsRemoved()
    {
        await using var host = new Machine();
        await File.WriteAllTextAsync(host.Home.ConfigFile, """{"pairing":{"autoApproveLocal":false}}""");
        var url = await host.UpAsync();
        using var client = ReferenceClient.Node(url);

        // It is refused, and tries again by itself until somebody has approved it.
        var first = client.Start(Token(host), until: "close");
        var request = (await first.NextAsync("refused")).GetProperty("details").GetProperty("requestId").GetString()!;
        await host.JsonAsync("devices", "approve", request);
        var token = Auth(await first.NextAsync("hello")).GetProperty("deviceToken").GetString()!;

        // By its own token alone, also by another process of the daemon.
        await host.JsonAsync("down");
        await host.UpAsync(new Uri(url).Port);
        Assert.Equal(token, Auth(await client.Start(until: "calls").NextAsync("hello")).GetProperty("deviceToken").GetString());

        var standing = client.Start(until: "close");
        await standing.NextAsync("hello");
        await host.JsonAsync("devices", "revoke", "den", "--yes");
        var closed = await standing.NextAsync("closed");
        Assert.Equal((4001, "client invalidated: device-pair-removed"), (closed.GetProperty("code").GetInt32(), closed.GetProperty("reason").GetString()));
    }

    [WithReferenceClientFact]
    public async Task RotatedToken_EndsTheOldOne_AndTheNewOneOpens()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        using var device = ReferenceClient.Operator(url, withIdentity: true, "operator.read", "operator.pairing");
        var hello = await device.Start(Token(host)).NextAsync("hello");
        var before = Auth(hello).GetProperty("deviceToken").GetString();

        var paired = (await host.JsonAsync("devices", "list")).GetProperty("paired").EnumerateArray().Single(entry => entry.GetProperty("kind").GetString() == "paired");
        var rotated = await host.JsonAsync("devices", "rotate", paired.GetProperty("deviceId").GetString()!, "--role", "operator");

        // The stored token is dead: the client clears it and says so. With the shared token it is told the new one.
        Assert.Equal("AUTH_DEVICE_TOKEN_MISMATCH", (await device.Start().NextAsync("refused")).GetProperty("details").GetProperty("code").GetString());
        var after = Auth(await device.Start(Token(host)).NextAsync("hello")).GetProperty("deviceToken").GetString();
        Assert.NotEqual(before, after);
        Assert.Equal(rotated.GetProperty("token").GetString(), after);
        Assert.Equal(after, Auth(await device.Start().NextAsync("hello")).GetProperty("deviceToken").GetString());
    }

    [WithReferenceClientFact]
    public async Task AnotherOperator_ApprovesOverTheProtocol_AndHearsOfIt()
    {
        await using var host = new Machine();
        await File.WriteAllTextAsync(host.Home.ConfigFile, """{"pairing":{"autoApproveLocal":false}}""");
        var url = await host.UpAsync();
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.pairing", "operator.admin");
        using var node = ReferenceClient.Node(url);
        var watching = owner.Start(Token(host), until: "close");
        await watching.NextAsync("hello");

        var asking = node.Start(Token(host), until: "close");
        var told = await watching.EventAsync("device.pair.requested");
        await owner.Start(Token(host), calls: ("device.pair.approve", new JsonObject { ["requestId"] = told.GetProperty("requestId").GetString() })).ResultAsync();

        Assert.Equal("approved", (await watching.EventAsync("device.pair.resolved")).GetProperty("decision").GetString());
        Assert.Equal("node", Auth(await asking.NextAsync("hello")).GetProperty("role").GetString());
    }

    private static JsonElement Auth(JsonElement said) => said.GetProperty("hello").GetProperty("auth");

    private static string Token(Machine host) => File.ReadAllText(Path.Combine(host.Home.Root, "keys", "gateway.token")).Trim();
}
