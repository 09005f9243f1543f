using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>The gateway protocol's handshake over real sockets (gateway-protocol.md section 2), into the same sessions, policy and registry as every other way in.</summary>
public sealed class ProtocolHandshakeTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/any/path")]
    public async Task CommandLineWithTheToken_IsLetIn_OnAnyPath(string path)
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address, path);

        var hello = Payload(await client.ConnectAsync(With(host, ProtocolClient.Hello(scopes: ["operator.read", "operator.pairing"]))));

        Assert.Equal(("hello-ok", 4), (hello.GetProperty("type").GetString(), hello.GetProperty("protocol").GetInt32()));
        Assert.Equal(["operator.pairing", "operator.read"], Names(hello.GetProperty("auth").GetProperty("scopes")));
        Assert.False(hello.GetProperty("auth").TryGetProperty("deviceToken", out _));
        Assert.Contains("device.pair.list", Names(hello.GetProperty("features").GetProperty("methods")));
        Assert.True(Payload(await client.CallAsync("2", "health")).GetProperty("ok").GetBoolean());
        Assert.Equal("this host", Payload(await client.CallAsync("3", "device.pair.list")).GetProperty("paired")[0].GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task BinaryFrames_AreReadLikeText()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);

        var frame = new JsonObject { ["type"] = "req", ["id"] = "c", ["method"] = "connect", ["params"] = With(host, ProtocolClient.Hello(scopes: "operator.read")) };
        await client.SendAsync(frame.ToJsonString(), WebSocketMessageType.Binary);

        Assert.True((await client.AnswerAsync("c")).GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("v3")]
    public async Task LocalNode_IsPairedSilently_AndComesBackWithItsToken_WhicheverPayloadItSigns(string version)
    {
        await using var host = await GatewayHost.StartAsync();
        var device = new ProtocolDevice();

        using var first = await ProtocolClient.OpenAsync(host.Address);
        var auth = Auth(await first.ConnectAsync(first.Signed(With(host, Node()), device, version)));
        var token = auth.GetProperty("deviceToken").GetString()!;

        Assert.Equal(43, token.Length);
        Assert.Equal(PairedVia.Internal, host.Service<RegistryView>().Current!.Devices[device.Id].Via);

        using var again = await ProtocolClient.OpenAsync(host.Address);
        var returned = Auth(await again.ConnectAsync(again.Signed(With(Node(), "deviceToken", token), device, version)));
        Assert.Equal(token, returned.GetProperty("deviceToken").GetString());

        using var inPlace = await ProtocolClient.OpenAsync(host.Address);
        Assert.Equal("node", Auth(await inPlace.ConnectAsync(inPlace.Signed(With(Node(), "token", token), device, version))).GetProperty("role").GetString());
    }

    [Fact]
    public async Task TokenOfAnotherDevice_OpensNothing_AndASignatureAloneNeither()
    {
        await using var host = await GatewayHost.StartAsync();
        var (device, other) = (new ProtocolDevice(), new ProtocolDevice());
        using var first = await ProtocolClient.OpenAsync(host.Address);
        var token = Auth(await first.ConnectAsync(first.Signed(With(host, Node()), device))).GetProperty("deviceToken").GetString()!;

        using var stolen = await ProtocolClient.OpenAsync(host.Address);
        Assert.Equal("AUTH_DEVICE_TOKEN_MISMATCH", Detail(await stolen.ConnectAsync(stolen.Signed(With(Node(), "deviceToken", token), other))));
        Assert.Equal((1008, "unauthorized: device token mismatch (rotate/reissue device token)"), await stolen.ClosesAsync());

        using var bare = await ProtocolClient.OpenAsync(host.Address);
        Assert.Equal("AUTH_TOKEN_MISSING", Detail(await bare.ConnectAsync(bare.Signed(Node(), device))));
    }

    [Fact]
    public async Task RotatedToken_EndsTheConnection_AndIsToldAgainToWhoShowsTheSharedOne()
    {
        await using var host = await GatewayHost.StartAsync();
        var device = new ProtocolDevice();
        using var first = await ProtocolClient.OpenAsync(host.Address);
        var token = Auth(await first.ConnectAsync(first.Signed(With(host, Node()), device))).GetProperty("deviceToken").GetString()!;
        using var standing = await ProtocolClient.OpenAsync(host.Address);
        await standing.ConnectAsync(standing.Signed(With(Node(), "deviceToken", token), device));

        await using var owner = await host.OperatorAsync();
        var rotated = await owner.CallAsync(
            TokenRotateParams.Method, new TokenRotateParams(device.Id, Role.Node), ProtocolJson.Default.TokenRotateParams, ProtocolJson.Default.TokenRotateResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal((4001, "client invalidated: device-token-rotated"), await standing.ClosesAsync());
        using var old = await ProtocolClient.OpenAsync(host.Address);
        Assert.Equal("AUTH_DEVICE_TOKEN_MISMATCH", Detail(await old.ConnectAsync(old.Signed(With(Node(), "deviceToken", token), device))));
        using var shared = await ProtocolClient.OpenAsync(host.Address);
        Assert.Equal(rotated.Token!.Reveal(), Auth(await shared.ConnectAsync(shared.Signed(With(host, Node()), device))).GetProperty("deviceToken").GetString());
    }

    [Fact]
    public async Task RemovedDevice_SeesItsConnectionClosed_AndMustAskAgain()
    {
        await using var host = await GatewayHost.StartAsync();
        var device = new ProtocolDevice();
        using var client = await ProtocolClient.OpenAsync(host.Address);
        await client.ConnectAsync(client.Signed(With(host, Node()), device));

        using var owner = await ProtocolClient.OpenAsync(host.Address);
        await owner.ConnectAsync(With(host, ProtocolClient.Hello(scopes: ["operator.pairing", "operator.admin"])));
        Assert.Equal(device.Id.Hex, Payload(await owner.CallAsync("1", "device.pair.remove", new JsonObject { ["deviceId"] = device.Id.Hex })).GetProperty("deviceId").GetString());

        Assert.Equal((4001, "client invalidated: device-pair-removed"), await client.ClosesAsync());
        using var again = await ProtocolClient.OpenAsync(host.Address);
        Assert.Equal("PAIRING_REQUIRED", Detail(await again.ConnectAsync(again.Signed(With(host, Node()), device))));
    }

    [Fact]
    public async Task DeviceThatNobodyPaired_WaitsForAnOperator_WhoHearsOfItOnce_AndIsLetInAfterwards()
    {
        await using var host = await GatewayHost.StartAsync("""{"pairing":{"autoApproveLocal":false}}""");
        var device = new ProtocolDevice();
        using var owner = await ProtocolClient.OpenAsync(host.Address);
        await owner.ConnectAsync(With(host, ProtocolClient.Hello(scopes: ["operator.pairing", "operator.admin"])));

        var refused = await AskAsync(host, device);
        var request = refused.Details.GetProperty("requestId").GetString()!;

        Assert.Equal(("NOT_PAIRED", "PAIRING_REQUIRED", "not-paired"), (refused.Code, refused.Details.GetProperty("code").GetString(), refused.Details.GetProperty("reason").GetString()));
        Assert.Equal(("wait_then_retry", true, false), (
            refused.Details.GetProperty("recommendedNextStep").GetString(), refused.Details.GetProperty("retryable").GetBoolean(), refused.Details.GetProperty("pauseReconnect").GetBoolean()));
        Assert.Equal((1008, $"pairing required: device is not approved yet (requestId: {request})"), refused.Closed);
        Assert.Equal(request, (await AskAsync(host, device)).Details.GetProperty("requestId").GetString());

        var told = (await owner.EventAsync("device.pair.requested")).GetProperty("payload");
        Assert.Equal((request, device.Id.Hex, device.KeyText), (told.GetProperty("requestId").GetString(), told.GetProperty("deviceId").GetString(), told.GetProperty("publicKey").GetString()));
        await owner.SendAsync($$"""{"type":"req","id":"1","method":"device.pair.approve","params":{"requestId":"{{request}}" } }""");
        var next = (await owner.NextAsync())!.Value;
        Assert.Equal("device.pair.resolved", next.GetProperty("event").GetString()); // and not a second time "requested"
        Assert.Equal(device.Id.Hex, next.GetProperty("payload").GetProperty("deviceId").GetString());
        var approved = Payload(await owner.AnswerAsync("1"));
        Assert.Equal("owner", approved.GetProperty("device").GetProperty("approvedVia").GetString());

        using var paired = await ProtocolClient.OpenAsync(host.Address);
        Assert.True(Auth(await paired.ConnectAsync(paired.Signed(With(host, Node()), device))).TryGetProperty("deviceToken", out _));
    }

    [Theory]
    [InlineData("", 1000, "")]
    [InlineData("{", 1000, "")]
    [InlineData("[]", 1008, "invalid request frame")]
    [InlineData("""{"type":"req","id":"1","method":"connect","extra":1}""", 1008, "invalid request frame")]
    [InlineData("""{"type":"req","id":"1","method":"health"}""", 1008, "invalid handshake: first request must be connect, not health")]
    [InlineData("""{"type":"req","id":"1","method":"connect","params":{}}""", 1008, "invalid connect params: at root: must have required property")]
    [InlineData("""{"type":"req","id":"1","method":"connect","params":{"minProtocol":5,"maxProtocol":6,"client":{"id":"cli","version":"1","platform":"l","mode":"cli"}}}""", 1002, "protocol mismatch")]
    [InlineData("""{"type":"req","id":"1","method":"connect","params":{"minProtocol":4,"maxProtocol":4,"role":"king","client":{"id":"cli","version":"1","platform":"l","mode":"cli"}}}""", 1008, "invalid role")]
    [InlineData("""{"type":"req","id":"1","method":"connect","params":{"minProtocol":4,"maxProtocol":4,"role":"worker","client":{"id":"x","version":"1","platform":"l","mode":"cli"}}}""", 1008, "invalid-handshake")]
    public async Task FirstFrameThatIsNoHello_EndsTheConnection_AsClientsExpect(string frame, int code, string reason)
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);

        await client.SendAsync(frame);
        var closed = await client.ClosesAsync().WaitAsync(Limits.Handshake / 2); // at once, not by the deadline

        Assert.Equal(code, closed.Code);
        Assert.StartsWith(reason, closed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1", 0, null, "DEVICE_AUTH_SIGNATURE_INVALID")]
    [InlineData("v3", -121_000, null, "DEVICE_AUTH_SIGNATURE_EXPIRED")]
    [InlineData("v3", 121_000, null, "DEVICE_AUTH_SIGNATURE_EXPIRED")]
    [InlineData("v3", 0, "another", "DEVICE_AUTH_NONCE_MISMATCH")]
    [InlineData("v3", 0, " ", "DEVICE_AUTH_NONCE_REQUIRED")]
    public async Task ProofThatDoesNotHold_IsNamed(string version, long skew, string? nonce, string detail)
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);

        Assert.Equal(detail, Detail(await client.ConnectAsync(client.Signed(With(host, Node()), new ProtocolDevice(), version, client.At + skew, nonce))));
        Assert.Equal(1008, (await client.ClosesAsync()).Code);
    }

    [Fact]
    public async Task MessageOf64KibiBytes_IsTooLargeBeforeTheHello_AndWelcomeAfterwards()
    {
        await using var host = await GatewayHost.StartAsync();
        var large = "{\"type\":\"req\",\"id\":\"l\",\"method\":\"health\",\"params\":{\"pad\":\"" + new string('a', Limits.PreAuthMessageBytes) + "\"}}";
        using (var early = await ProtocolClient.OpenAsync(host.Address))
        {
            await early.SendAsync(large);
            Assert.Equal(1009, (await early.ClosesAsync()).Code);
        }

        using var client = await ProtocolClient.OpenAsync(host.Address);
        await client.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));
        await client.SendAsync(large);
        Assert.True((await client.AnswerAsync("l")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task FramesBehindTheHello_WaitForIt_UpToFifteen()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);

        await client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "c", ["method"] = "connect", ["params"] = With(host, ProtocolClient.Hello(scopes: "operator.read")) }.ToJsonString());
        for (var i = 0; i < 15; i++)
        {
            await client.SendAsync($$"""{"type":"req","id":"{{i}}","method":"health"}""");
        }

        Assert.True((await client.AnswerAsync("c")).GetProperty("ok").GetBoolean());
        Assert.True((await client.AnswerAsync("14")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task AfterTheHello_BadFramesAreAnswered_AndNothingIsClosed()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);
        await client.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));

        await client.SendAsync("no json at all");
        await client.SendAsync("[]");
        Assert.Equal("INVALID_REQUEST", Error(await client.AnswerAsync("invalid")).GetProperty("code").GetString());
        await client.SendAsync("""{"type":"req","id":"7","method":"health","extra":1}""");
        Assert.Equal("invalid request frame: at root: unexpected property 'extra'", Error(await client.AnswerAsync("7")).GetProperty("message").GetString());
        Assert.Equal("connect is only valid as the first request", Error(await client.CallAsync("8", "connect")).GetProperty("message").GetString());
        Assert.Equal("unknown method: no.such", Error(await client.CallAsync("9", "no.such")).GetProperty("message").GetString());
        var missing = Error(await client.CallAsync("10", "device.pair.list"));
        Assert.Equal(("FORBIDDEN", "missing scope: operator.pairing"), (missing.GetProperty("code").GetString(), missing.GetProperty("message").GetString()));
        Assert.True((await client.CallAsync("11", "health")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task NodeThatKeepsCallingWhatIsOperators_IsClosedAtTheEleventhTime()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);
        await client.ConnectAsync(client.Signed(With(host, Node()), new ProtocolDevice()));

        for (var i = 0; i < 11; i++)
        {
            Assert.StartsWith("unauthorized role: ", Error(await client.CallAsync($"{i}", "device.pair.list")).GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal((1008, "repeated unauthorized calls"), await client.ClosesAsync());
    }

    [Fact]
    public async Task StoppingGateway_SaysSo_WithANumber_AndCloses1012()
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);
        await client.ConnectAsync(With(host, ProtocolClient.Hello(scopes: "operator.read")));

        var stopping = host.StopAsync();
        var shutdown = await client.EventAsync("shutdown");

        Assert.Equal((2L, "gateway stopping"), (shutdown.GetProperty("seq").GetInt64(), shutdown.GetProperty("payload").GetProperty("reason").GetString()));
        Assert.Equal((1012, "service restart"), await client.ClosesAsync());
        await stopping;
    }

    [Fact]
    public async Task Compression_IsDeclined()
    {
        await using var host = await GatewayHost.StartAsync();
        var answer = await PlainClient.UpgradeAsync(host.Address, "/", headers: ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"));

        Assert.StartsWith("HTTP/1.1 101", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("permessage-deflate", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task HalfAnUpgrade_IsABadRequest_AtOnce()
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.StartsWith("HTTP/1.1 400", await PlainClient.UpgradeAsync(host.Address, "/", version: "7"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/__openclaw__/worker")]
    [InlineData("/desktop/observe")]
    [InlineData("/hub/other")]
    public async Task PathOfAnotherServer_IsNotFound(string path)
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.StartsWith("HTTP/1.1 404", await PlainClient.UpgradeAsync(host.Address, path), StringComparison.Ordinal);
    }

    private static async Task<(string Code, JsonElement Details, (int, string) Closed)> AskAsync(GatewayHost host, ProtocolDevice device)
    {
        using var client = await ProtocolClient.OpenAsync(host.Address);
        var error = Error(await client.ConnectAsync(client.Signed(With(host, Node()), device)));
        return (error.GetProperty("code").GetString()!, error.GetProperty("details"), await client.ClosesAsync());
    }

    private static JsonObject Node() => ProtocolClient.Hello("node-host", "node", "node");

    private static JsonObject With(GatewayHost host, JsonObject hello) => With(hello, "token", File.ReadAllText(Path.Combine(host.Home.Root, "keys", "gateway.token")).Trim());

    private static JsonObject With(JsonObject hello, string name, string secret)
    {
        hello["auth"] = new JsonObject { [name] = secret };
        return hello;
    }

    private static JsonElement Payload(JsonElement answer)
    {
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("payload");
    }

    private static JsonElement Auth(JsonElement answer) => Payload(answer).GetProperty("auth");

    private static JsonElement Error(JsonElement answer)
    {
        Assert.False(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("error");
    }

    private static string? Detail(JsonElement answer) => Error(answer).GetProperty("details").GetProperty("code").GetString();

    private static string[] Names(JsonElement array) => [.. array.EnumerateArray().Select(name => name.GetString()!)];
}
