using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

public sealed class HandshakeTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task TheLocalOperatorNeedsNothing_OverTheControlSocket()
    {
        await using var owner = await _host.OperatorAsync();
        var status = await owner.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal(("control-socket", Role.Operator), (status.You.Method, status.You.Role));
        Assert.Equal(("ready", Environment.ProcessId), (status.Daemon.Phase, status.Daemon.Pid));
        Assert.Equal($"http://{_host.Address}", Assert.Single(status.Daemon.Endpoints));
        Assert.True(status.Journal.Healthy);
    }

    [Fact]
    public async Task TheHostKeyIsGood_FromLoopback()
    {
        using var device = HostDevice();
        await using var connection = await device.ConnectAsync(_host);
        var status = await connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal("host-key", status.You.Method);
    }

    [Fact]
    public async Task AGatewayProvesItsKey_ToEveryClient()
    {
        await using var connection = await GatewayHost.OpenAsync(_host.Tcp);

        Assert.Equal(KeyFile.Load(_host.Home.GatewayKey) is KeyFileResult.Loaded loaded ? loaded.Key.Public : null, connection.GatewayKey);
    }

    [Fact]
    public async Task RefusesWhoShowsNoKey_OverTcp() =>
        Assert.Equal(RefusalCode.Unauthorized, await RefusalAsync(new ConnectRequest { Client = TestDevice.Client }));

    [Fact]
    public async Task RefusesAnUnknownDevice_WithoutAnIntentToPair()
    {
        await using var strict = await GatewayHost.StartAsync("""{"pairing":{"autoApproveLocal":false}}""");
        using var stranger = new TestDevice("stranger");
        await using var connection = await GatewayHost.OpenAsync(strict.Tcp);

        var refused = await Assert.ThrowsAsync<GatewayException>(() => connection.ConnectAsync(stranger.Request, CancellationToken.None).WaitAsync(GatewayHost.Bound));

        Assert.Equal(RefusalCode.PairingRequired, refused.Code);
    }

    /// <summary>The kernel's word is all it takes: no secret is shown, and the address alone would not do.</summary>
    [Fact]
    public async Task PairsAnUnknownDeviceOfTheDaemonsOwnUser_WithoutAPrompt()
    {
        using var own = new TestDevice("own");
        await using (var connection = await GatewayHost.OpenAsync(_host.Tcp))
        {
            Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(own.Request, CancellationToken.None).WaitAsync(GatewayHost.Bound));
        }

        using var forwarded = new TestDevice("forwarded");
        using var hub = await RawHub.OpenAsync(_host.Address, ("X-Forwarded-For", "127.0.0.1"));
        await hub.CallAsync("1", "connect", await ConnectWith(forwarded, hub));
        Assert.Equal("pairing_required", await hub.ClosingAsync());
    }

    [Fact]
    public async Task RefusesTheHostKey_BehindAProxy()
    {
        using var device = HostDevice();
        using var hub = await RawHub.OpenAsync(_host.Address, ("X-Forwarded-For", "127.0.0.1"));
        await hub.CallAsync("1", "connect", await ConnectWith(device, hub));

        Assert.Equal("host_credential_not_local", await hub.ClosingAsync());
    }

    [Fact]
    public async Task TheAnswerComesBeforeTheReasonToClose_WhenConnectIsRefused()
    {
        using var hub = await RawHub.OpenAsync(_host.Address);
        await hub.EventAsync(ConnectChallenge.EventName);
        await hub.CallAsync("7", "connect", RawHub.PlainConnect);

        var answer = await hub.NextAsync();
        Assert.Contains("\"invocationId\":\"7\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"ok\":false", answer, StringComparison.Ordinal);
        Assert.Equal("unauthorized", (await hub.EventAsync(Closing.EventName)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("""{"type":7}""", await hub.NextAsync());
        Assert.Null(await hub.NextAsync());
    }

    [Fact]
    public async Task ClosesWhoeverCallsBeforeConnect()
    {
        using var hub = await RawHub.OpenAsync(_host.Address);
        await hub.CallAsync("1", "status", "{}");

        Assert.Equal("protocol_violation", await hub.ClosingAsync());
    }

    [Fact]
    public async Task AnswersInOrder_ManyCallsAtOnce()
    {
        using var hub = await RawHub.OpenAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(_host.Home.ControlSocket));
        await hub.EventAsync(ConnectChallenge.EventName);
        await hub.CallAsync("c", "connect", RawHub.PlainConnect);
        Assert.Contains("hello-ok", await hub.NextAsync(), StringComparison.Ordinal);

        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await hub.CallAsync($"n{i}", "health", "{}");
            }
        });
        var answered = new HashSet<string>(StringComparer.Ordinal);
        while (answered.Count < 500)
        {
            var answer = System.Text.Json.JsonDocument.Parse((await hub.NextAsync())!).RootElement;
            Assert.True(answer.GetProperty("result").GetProperty("ok").GetBoolean());
            Assert.True(answered.Add(answer.GetProperty("invocationId").GetString()!));
        }

        await sending.WaitAsync(GatewayHost.Bound);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:5199")]
    [InlineData("localhost.evil.example")]
    public async Task RefusesAReboundName_AsHost(string host)
    {
        using var hub = await RawHub.OpenAsync(_host.Address, ("Host", host));
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);

        Assert.Equal("host_not_allowed", await hub.ClosingAsync());
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task RefusesAForeignPage_ByItsOrigin(string origin)
    {
        using var hub = await RawHub.OpenAsync(_host.Address, ("Origin", origin));
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);

        Assert.Equal("origin_not_allowed", await hub.ClosingAsync());
    }

    [Theory]
    [InlineData("Origin", "http://localhost")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("X_Real_Ip", "10.0.0.1")]
    [InlineData("Host", "gateway.example")]
    public async Task RefusesABridgedControlSocket(string name, string value)
    {
        using var hub = await RawHub.OpenAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(_host.Home.ControlSocket), (name, value));
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);

        Assert.Equal("control_socket_bridged", await hub.ClosingAsync());
    }

    [Fact]
    public async Task ClosesAMessageOver64KiB_BeforeAuthentication()
    {
        using var hub = await RawHub.OpenAsync(_host.Address);
        await hub.CallAsync("1", "connect", $$"""{"padding":"{{new string('x', Limits.PreAuthMessageBytes)}}"}""");

        Assert.Equal("message_too_large", await hub.ClosingAsync());
    }

    [Fact]
    public async Task TakesALargeMessage_OnceAuthenticated()
    {
        await using var owner = await _host.OperatorAsync();
        var padding = System.Text.Json.JsonSerializer.SerializeToElement(new string('x', 4 * Limits.PreAuthMessageBytes));
        var answer = await owner.CallAsync("no.such.method", padding, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal("unknown_method", answer.Error!.Code);
    }

    [Fact]
    public async Task HasNoNegotiation_AndNothingElseUnderTheHub()
    {
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await _host.GetAsync(Limits.HubPath)).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await _host.GetAsync(Limits.HubPath + "/negotiate")).Status);
        using var client = new HttpClient(PlainClient.Handler(_host.Address));
        using var answer = await client.PostAsync(new Uri($"http://localhost{Limits.HubPath}/negotiate?negotiateVersion=1"), null).WaitAsync(GatewayHost.Bound);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    private TestDevice HostDevice() => new("host") { Key = ((KeyFileResult.Loaded)KeyFile.Load(_host.Home.HostKey)).Key };

    private async Task<RefusalCode?> RefusalAsync(ConnectRequest request)
    {
        await using var connection = await GatewayHost.OpenAsync(_host.Tcp);
        return (await Assert.ThrowsAsync<GatewayException>(() => connection.ConnectAsync(request, CancellationToken.None).WaitAsync(GatewayHost.Bound))).Code;
    }

    private static async Task<string> ConnectWith(TestDevice device, RawHub hub)
    {
        var challenge = System.Text.Json.JsonSerializer.Deserialize(await hub.EventAsync(ConnectChallenge.EventName), ProtocolJson.Default.ConnectChallenge)!;
        var at = challenge.Ts;
        var proof = new DeviceProof
        {
            Id = device.Id, PublicKey = device.Key.Public, Nonce = challenge.Nonce, SignedAt = at,
            Signature = System.Buffers.Text.Base64Url.EncodeToString(device.Key.Sign(NativeTranscript.Device(
                challenge.GatewayKey, device.Id, Role.Operator, ScopeSet.Empty, challenge.Nonce, hub.ClientNonce, at))),
        };
        return System.Text.Json.JsonSerializer.Serialize(
            new ConnectParams { Client = TestDevice.Client, Device = proof, Scopes = ScopeSet.Empty }, ProtocolJson.Default.ConnectParams);
    }
}
