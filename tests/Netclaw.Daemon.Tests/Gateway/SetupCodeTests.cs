using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Setup codes over the real listener (gateway-protocol.md section 8).</summary>
public sealed class SetupCodeTests
{
    [Fact]
    public async Task Node_JoinsWithoutAPrompt_AndComesBackWithItsToken_AndWithTheCode()
    {
        await using var host = await GatewayHost.StartAsync();
        var token = (await MintAsync(host)).Token;
        var device = new ProtocolDevice();

        var auth = (await ConnectAsync(host, device, "bootstrapToken", token)).GetProperty("payload").GetProperty("auth");

        Assert.Equal("node", auth.GetProperty("role").GetString());
        Assert.Equal(PairedVia.Setup, host.Service<RegistryView>().Current!.Devices[device.Id].Via);
        var own = auth.GetProperty("deviceToken").GetString()!;
        Assert.True((await ConnectAsync(host, device, "deviceToken", own)).GetProperty("ok").GetBoolean());
        Assert.True((await ConnectAsync(host, device, "bootstrapToken", token)).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task SpentOrWrongCode_OpensNothing_ForAnotherKey()
    {
        await using var host = await GatewayHost.StartAsync();
        var token = (await MintAsync(host)).Token;
        Assert.True((await ConnectAsync(host, new ProtocolDevice(), "bootstrapToken", token)).GetProperty("ok").GetBoolean());

        foreach (var shown in (string[])[token, Nonce.New()])
        {
            var error = (await ConnectAsync(host, new ProtocolDevice(), "bootstrapToken", shown)).GetProperty("error");
            Assert.Equal("AUTH_BOOTSTRAP_TOKEN_INVALID", error.GetProperty("details").GetProperty("code").GetString());
        }

        Assert.Equal(2, host.Service<RegistryView>().Current!.Devices.Count); // the host's own, and the one that joined
    }

    [Fact]
    public async Task Operator_IsNotLetInByANodesCode_WhichStaysGood()
    {
        await using var host = await GatewayHost.StartAsync();
        var token = (await MintAsync(host)).Token;

        using (var client = await ProtocolClient.OpenAsync(host.Address))
        {
            var hello = ProtocolClient.Hello(scopes: "operator.read");
            hello["auth"] = new JsonObject { ["bootstrapToken"] = token };
            Assert.False((await client.ConnectAsync(client.Signed(hello, new ProtocolDevice()))).GetProperty("ok").GetBoolean());
        }

        Assert.True((await ConnectAsync(host, new ProtocolDevice(), "bootstrapToken", token)).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task App_IsLetInInEitherRole_WithinWhatTheProtocolGrantsIt()
    {
        await using var host = await GatewayHost.StartAsync();
        var token = (await MintAsync(host, "limited")).Token;
        var device = new ProtocolDevice();

        var auth = (await ConnectAsync(host, device, "bootstrapToken", token, "cli", "cli", "operator")).GetProperty("payload").GetProperty("auth");
        var node = (await ConnectAsync(host, device, "bootstrapToken", token)).GetProperty("payload").GetProperty("auth");

        Assert.Equal(
            ["operator.approvals", "operator.questions", "operator.read", "operator.talk", "operator.talk.secrets", "operator.write"], auth.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).Order());
        Assert.NotEqual(auth.GetProperty("deviceToken").GetString(), node.GetProperty("deviceToken").GetString());
        Assert.True((await ConnectAsync(host, device, "deviceToken", auth.GetProperty("deviceToken").GetString()!, "cli", "cli", "operator", "operator.write")).GetProperty("ok").GetBoolean());
        Assert.False((await ConnectAsync(host, device, "bootstrapToken", token, "cli", "cli", "operator", "operator.admin")).GetProperty("ok").GetBoolean());
    }

    /// <summary>An app comes in as a node and goes on as an operator, with what it was handed beside its own token.</summary>
    [Fact]
    public async Task App_IsHandedItsOtherRolesToken_AndANodesCodeHandsOverNone()
    {
        await using var host = await GatewayHost.StartAsync();
        var token = (await MintAsync(host, "limited")).Token;
        var device = new ProtocolDevice();

        var auth = (await ConnectAsync(host, device, "bootstrapToken", token)).GetProperty("payload").GetProperty("auth");

        var handed = Assert.Single(auth.GetProperty("deviceTokens").EnumerateArray());
        Assert.Equal("operator", handed.GetProperty("role").GetString());
        Assert.Equal(
            ["operator.approvals", "operator.questions", "operator.read", "operator.talk", "operator.talk.secrets", "operator.write"], handed.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).Order());
        Assert.True(handed.GetProperty("issuedAtMs").GetInt64() > 0);
        var own = handed.GetProperty("deviceToken").GetString()!;
        Assert.NotEqual(auth.GetProperty("deviceToken").GetString(), own);
        var asOperator = await ConnectAsync(host, device, "deviceToken", own, "cli", "cli", "operator", "operator.write");
        Assert.True(asOperator.GetProperty("ok").GetBoolean(), asOperator.GetRawText());
        Assert.False(asOperator.GetProperty("payload").GetProperty("auth").TryGetProperty("deviceTokens", out _), "only the code hands over");
        Assert.Equal(own, (await ConnectAsync(host, device, "bootstrapToken", token)).GetProperty("payload").GetProperty("auth").GetProperty("deviceTokens")[0].GetProperty("deviceToken").GetString());

        var plain = (await ConnectAsync(host, new ProtocolDevice(), "bootstrapToken", (await MintAsync(host)).Token)).GetProperty("payload").GetProperty("auth");
        Assert.False(plain.TryGetProperty("deviceTokens", out _), plain.GetRawText());
    }

    [Fact]
    public async Task Code_IsAPictureToo_WhenOneIsAskedFor_AndHasNoAddressToJoinAt()
    {
        await using var host = await GatewayHost.StartAsync();
        using var owner = await OwnerAsync(host, "operator.admin");
        var asked = new JsonObject { ["bootstrapProfile"] = "node", ["publicUrl"] = "https://gateway.some-rather-long-host-name.example:15199", ["includeQr"] = true, ["joinUrl"] = true };

        var drawn = (await owner.CallAsync("1", "device.pair.setupCode", asked)).GetProperty("payload");
        var plain = (await owner.CallAsync("2", "device.pair.setupCode", new JsonObject { ["publicUrl"] = "ws://192.0.2.1:1", ["includeQr"] = false })).GetProperty("payload");

        var picture = drawn.GetProperty("qrDataUrl").GetString()!;
        Assert.InRange(picture.Length, 1000, 16384);
        Assert.StartsWith("data:image/png;base64,", picture, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(picture["data:image/png;base64,".Length..])[..4]);
        Assert.False(drawn.TryGetProperty("joinUrl", out _), "a code in a path is a secret in every log on the way");
        Assert.False(plain.TryGetProperty("qrDataUrl", out _), plain.GetRawText());
    }

    [Fact]
    public async Task Operators_HearWhoUsedIt_AndFindItInItsStatus()
    {
        await using var host = await GatewayHost.StartAsync();
        using var watching = await OwnerAsync(host, "operator.pairing", "operator.admin");
        var (token, id) = await MintAsync(host);
        var asking = new JsonObject { ["setupId"] = id };
        Assert.Empty((await watching.CallAsync("1", "device.pair.setupStatus", asking.DeepClone())).GetProperty("payload").EnumerateObject());
        var device = new ProtocolDevice();

        await ConnectAsync(host, device, "bootstrapToken", token);

        var told = (await watching.EventAsync("device.pair.setup.completed")).GetProperty("payload");
        var kept = (await watching.CallAsync("2", "device.pair.setupStatus", asking)).GetProperty("payload").GetProperty("completion");
        Assert.All([told, kept], completed => Assert.Equal(
            (id, device.Id.Hex, "node"), (completed.GetProperty("setupId").GetString(), completed.GetProperty("deviceId").GetString(), completed.GetProperty("access").GetString())));
    }

    [Fact]
    public async Task SetupCode_TakesAdmin_AndKeepsToItsForm()
    {
        await using var host = await GatewayHost.StartAsync();
        using var reader = await OwnerAsync(host, "operator.read", "operator.pairing");
        Assert.Contains("operator.admin", (await reader.CallAsync("1", "device.pair.setupCode")).GetRawText(), StringComparison.Ordinal);
        using var owner = await OwnerAsync(host, "operator.admin");

        foreach (var wrong in (JsonObject[])[new() { ["bootstrapProfile"] = "full" }, new() { ["joinUrl"] = false }, new() { ["publicUrl"] = "ftp://a" }, new() { ["unheardOf"] = 1 }])
        {
            var answer = await owner.CallAsync("1", "device.pair.setupCode", wrong);
            Assert.False(answer.GetProperty("ok").GetBoolean(), wrong.ToJsonString());
            Assert.StartsWith("invalid device.pair.setupCode params: at ", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Secrets_AreNowhereInConfigGet()
    {
        await using var host = await GatewayHost.StartAsync();
        await File.WriteAllTextAsync(host.Home.ConfigFile, """{"auth":{"token":"s3cr3t-of-the-token","password":"s3cr3t-of-the-password","tokne":"s3cr3t-mistyped"}}""");
        using var client = await OwnerAsync(host, "operator.read");

        var answer = await client.CallAsync("1", "config.get");

        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        Assert.DoesNotContain("s3cr3t", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("***", answer.GetProperty("payload").GetProperty("parsed").GetProperty("auth").GetProperty("token").GetString());
    }

    [Fact]
    public async Task LogsTail_GoesOnFromItsCursor_AndRefusesWhatIsOutOfBounds()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await OwnerAsync(host, "operator.read");

        var cursor = (await client.CallAsync("1", "logs.tail")).GetProperty("payload").GetProperty("cursor").GetInt64();
        var beyond = (await client.CallAsync("2", "logs.tail", new JsonObject { ["cursor"] = cursor + 1_000_000_000 })).GetProperty("payload");

        Assert.True(beyond.GetProperty("reset").GetBoolean());
        Assert.False((await client.CallAsync("3", "logs.tail", new JsonObject { ["limit"] = 5001 })).GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await client.CallAsync("4", "last-heartbeat")).GetProperty("payload").ValueKind);
    }

    private static async Task<(string Token, string Id)> MintAsync(GatewayHost host, string profile = "node")
    {
        using var client = await OwnerAsync(host, "operator.admin");
        var answer = await client.CallAsync("1", "device.pair.setupCode", new JsonObject { ["bootstrapProfile"] = profile, ["publicUrl"] = "ws://192.0.2.1:1" });
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        var code = answer.GetProperty("payload");
        Assert.True(SetupLink.TryParse(SetupLink.Start + code.GetProperty("setupCode").GetString(), out var link, out var problem), problem);
        return (link.Token.Reveal(), code.GetProperty("setupId").GetString()!);
    }

    private static async Task<ProtocolClient> OwnerAsync(GatewayHost host, params string[] scopes)
    {
        var client = await ProtocolClient.OpenAsync(host.Address);
        var hello = ProtocolClient.Hello(scopes: scopes);
        hello["auth"] = new JsonObject { ["token"] = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim() };
        Assert.True((await client.ConnectAsync(hello)).GetProperty("ok").GetBoolean());
        return client;
    }

    private static async Task<JsonElement> ConnectAsync(
        GatewayHost host, ProtocolDevice device, string name, string secret, string id = "node-host", string mode = "node", string role = "node", params string[] scopes)
    {
        using var client = await ProtocolClient.OpenAsync(host.Address);
        var hello = ProtocolClient.Hello(id, mode, role, scopes);
        hello["auth"] = new JsonObject { [name] = secret };
        return await client.ConnectAsync(client.Signed(hello, device));
    }
}
