using System.Text.Json;
using System.Text.Json.Nodes;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>What clients of the gateway protocol are told without asking, and what becomes of those that do not listen.</summary>
public sealed class ProtocolEventTests
{
    [Fact]
    public async Task WhoStays_IsToldToWhoMayRead_WithAVersionThatGrows()
    {
        await using var host = await GatewayHost.StartAsync();
        using var reader = await ProtocolClient.OpenAsync(host.Address);
        var hello = Payload(await reader.ConnectAsync(With(host, ProtocolClient.Hello(mode: "ui", scopes: "operator.read"))));
        var known = hello.GetProperty("snapshot").GetProperty("stateVersion").GetProperty("presence").GetInt64();
        Assert.Equal("gateway", hello.GetProperty("snapshot").GetProperty("presence")[0].GetProperty("mode").GetString());
        Assert.Contains("presence", hello.GetProperty("features").GetProperty("events").EnumerateArray().Select(name => name.GetString()));

        var itself = await reader.EventAsync("presence");
        Assert.Equal(["gateway", "ui"], Modes(itself));
        var device = new ProtocolDevice();
        using var node = await ProtocolClient.OpenAsync(host.Address);
        await node.ConnectAsync(node.Signed(With(host, ProtocolClient.Hello("node-host", "node", "node")), device));
        var both = await reader.EventAsync("presence");

        Assert.Equal(["gateway", "ui", "node"], Modes(both));
        Assert.Equal(device.Id.Hex, both.GetProperty("payload").GetProperty("presence")[2].GetProperty("deviceId").GetString());
        Assert.InRange(known, 1, Version(itself) - 1);
        Assert.InRange(Version(itself), 1, Version(both) - 1);
        node.Abort();
        Assert.Equal(["gateway", "ui"], Modes(await reader.EventAsync("presence")));
    }

    [Fact]
    public async Task PassingClients_AreNoNews_AndNodesHearOfNobody()
    {
        await using var host = await GatewayHost.StartAsync();
        using var node = await ProtocolClient.OpenAsync(host.Address);
        await node.ConnectAsync(node.Signed(With(host, ProtocolClient.Hello("node-host", "node", "node")), new ProtocolDevice()));
        using var reader = await ProtocolClient.OpenAsync(host.Address);
        await reader.ConnectAsync(With(host, ProtocolClient.Hello(mode: "cli", scopes: "operator.read")));
        for (var i = 0; i < 3; i++)
        {
            using var passing = await ProtocolClient.OpenAsync(host.Address);
            await passing.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));
        }

        Say(host, "netclaw.last", "1");

        Assert.Equal(["health", "netclaw.last"], await NamesUntilAsync(reader, "netclaw.last"));
        Assert.Equal(["health", "netclaw.last"], await NamesUntilAsync(node, "netclaw.last"));
    }

    [Fact]
    public async Task Health_FollowsTheHello_WithTheVersionOfItsSnapshot()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);
        var hello = Payload(await client.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")))).GetProperty("snapshot");

        var health = (await client.NextAsync())!.Value;

        Assert.Equal(("health", 1L), (health.GetProperty("event").GetString(), health.GetProperty("seq").GetInt64()));
        Assert.Equal(hello.GetProperty("stateVersion").GetRawText(), health.GetProperty("stateVersion").GetRawText());
        Assert.Equal(hello.GetProperty("health").GetRawText(), health.GetProperty("payload").GetRawText());
    }

    [Fact]
    public async Task OneEvent_IsTheSameForEverybody_ButForItsNumber()
    {
        await using var host = await GatewayHost.StartAsync();
        using var first = await ProtocolClient.OpenAsync(host.Address);
        await first.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));
        Say(host, "netclaw.before", "1");
        await first.EventAsync("netclaw.before");
        using var second = await ProtocolClient.OpenAsync(host.Address);
        await second.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));
        var large = $"\"{new string('ä', 10_000)}\"";

        Say(host, "netclaw.large", large);
        Say(host, "netclaw.small", "{\"a\":1}");

        foreach (var (client, number) in new[] { (first, 3), (second, 2) })
        {
            Assert.Equal($$"""{"type":"event","event":"netclaw.large","payload":{{large}},"seq":{{number}}}""", (await client.EventAsync("netclaw.large")).GetRawText());
            Assert.Equal($$"""{"type":"event","event":"netclaw.small","payload":{"a":1},"seq":{{number + 1}}}""", (await client.EventAsync("netclaw.small")).GetRawText());
        }
    }

    [Fact]
    public async Task SlowClient_MissesWhatIsMadeUpFor_AndSeesItByTheNumber()
    {
        await using var host = await GatewayHost.StartAsync();
        using var slow = await ProtocolClient.OpenAsync(host.Address);
        await slow.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));
        Assert.Equal(1, (await slow.EventAsync("health")).GetProperty("seq").GetInt64());

        for (var i = 0; i < 3; i++)
        {
            Say(host, "netclaw.large", Megabytes(15));
        }

        Say(host, "tick", Megabytes(30)); // with what waits already it would be too much
        Say(host, "netclaw.last", "1");
        await HasSaidAllAsync(host); // only then is anything read, and room made

        for (var number = 2; number <= 4; number++)
        {
            Assert.Equal(number, (await slow.EventAsync("netclaw.large")).GetProperty("seq").GetInt64());
        }

        var last = (await slow.NextAsync())!.Value;
        Assert.Equal(("netclaw.last", 6L), (last.GetProperty("event").GetString(), last.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task ClientThatDoesNotRead_IsClosedAsASlowConsumer()
    {
        await using var host = await GatewayHost.StartAsync();
        using var slow = await ProtocolClient.OpenAsync(host.Address);
        await slow.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));

        for (var i = 0; i < 5; i++)
        {
            Say(host, "netclaw.large", Megabytes(15));
        }

        Assert.Equal((1008, "slow consumer"), await slow.ClosesAsync());
    }

    [Fact]
    public async Task SixteenthFrameBehindTheHello_BeforeItsAnswer_EndsTheConnection()
    {
        var busy = new Busy();
        await using var host = await GatewayHost.StartAsync(overrides: services => services.AddSingleton<ICredentialChecker>(busy));
        using var client = await ProtocolClient.OpenAsync(host.Address);
        await client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "c", ["method"] = "connect", ["params"] = With(host, ProtocolClient.Hello(scopes: "operator.read")) }.ToJsonString());
        for (var i = 0; i < 16; i++)
        {
            await client.SendAsync($$"""{"type":"req","id":"{{i}}","method":"health"}""");
        }

        Assert.Equal((1008, "too many pending handshake frames"), await client.ClosesAsync());
    }

    [Fact]
    public async Task NetclawsOwnDevice_ProvesItsP256Key_AndIsLetInAsWhatItIs()
    {
        await using var host = await GatewayHost.StartAsync();
        using var device = new TestDevice("den");
        await device.PairAsync(host);
        var clientNonce = Nonce.New();
        using var client = await ProtocolClient.OpenAsync(host.Address, $"/?{Limits.ClientNonceParameter}={clientNonce}");
        var scopes = new ScopeSet(Scope.Read);
        var gateway = host.Service<GatewayIdentity>().Key;

        var hello = ProtocolClient.Hello(scopes: "operator.read");
        hello["device"] = new JsonObject
        {
            ["id"] = device.Id.Hex, ["publicKey"] = device.Key.Public.ToString(), ["signedAt"] = client.At, ["nonce"] = client.Nonce,
            ["signature"] = Base64UrlText.Encode(device.Key.Sign(NativeTranscript.Device(gateway, device.Id, Role.Operator, scopes, client.Nonce, clientNonce, client.At))),
        };
        var auth = Payload(await client.ConnectAsync(hello)).GetProperty("auth");

        Assert.Equal(("operator", "operator.read"), (auth.GetProperty("role").GetString(), auth.GetProperty("scopes")[0].GetString()));
        await using var owner = await host.OperatorAsync();
        var listed = await owner.CallAsync(ConnectionListResult.Method, ProtocolJson.Default.ConnectionListResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        Assert.Contains(listed.Connections, connection => connection.DeviceId == device.Id && connection.Transport == "tcp/gateway");
    }

    private static void Say(GatewayHost host, string name, string payload) =>
        SessionBroadcast.Tell(host.Service<LiveSessions>(), new SessionInput.EventPublished(DateTimeOffset.UnixEpoch, name, JsonElement.Parse(payload), Scope.None));

    /// <summary>A session answers in the order of what it was told.</summary>
    private static Task HasSaidAllAsync(GatewayHost host) =>
        host.Service<LiveSessions>().All.Single().Actor.Ask<ActorIdentity>(new Identify(0), GatewayHost.Bound);

    private static string Megabytes(int count) => $"\"{new string('a', count * 1024 * 1024)}\"";

    private static async Task<string[]> NamesUntilAsync(ProtocolClient client, string last)
    {
        var names = new List<string>();
        do
        {
            names.Add((await client.NextAsync())!.Value.GetProperty("event").GetString()!);
        }
        while (names[^1] != last);

        return [.. names];
    }

    private static string[] Modes(JsonElement told) => [.. told.GetProperty("payload").GetProperty("presence").EnumerateArray().Select(row => row.GetProperty("mode").GetString()!)];

    private static long Version(JsonElement told) => told.GetProperty("stateVersion").GetProperty("presence").GetInt64();

    private static JsonObject With(GatewayHost host, JsonObject hello)
    {
        hello["auth"] = new JsonObject { ["token"] = File.ReadAllText(Path.Combine(host.Home.Root, "keys", "gateway.token")).Trim() };
        return hello;
    }

    private static JsonElement Payload(JsonElement answer)
    {
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("payload");
    }

    /// <summary>A key set that does not come: nobody's credentials are checked.</summary>
    private sealed class Busy : ICredentialChecker
    {
        public ValueTask<Credentials> CheckAsync(CredentialOffer offer) => new(new TaskCompletionSource<Credentials>().Task);
    }
}
