using Akka.Actor;
using Akka.Hosting;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Hosting;

/// <summary>Whole ways through supervisor, sessions, handlers and the real registry.</summary>
public sealed class GatewayActorsTests : ActorHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private IActorRef Supervisor => ActorRegistry.Get<SessionSupervisor>();

    private static ProtocolJson Json => ProtocolJson.Default;

    [Fact]
    public async Task Code_MintedByTheOwner_PairsADevice_ThatIsThenRevoked()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        var minted = await owner.Get("device.pair.code.create", Json.CodeCreateResult, SessionSamples.Json(new CodeCreateParams(Role.Operator, null, null), Json.CodeCreateParams));
        Assert.True(PairingCode.TryParse(minted.Code.Reveal(), out var code));
        Assert.Equal("netclaw pair http://gate.example:5199", minted.Command);
        Assert.True(PairingLink.TryParse(minted.Link.Reveal(), out var link, out var problem), problem);
        Assert.Equal((GatewayKey.HashText, code.Id), (link.GatewayKeyHash, link.Code.Id));

        using var device = new TestDevice();
        var first = await TestClient.Open(Supervisor, GatewayKey);
        var paired = await first.PairByCode(device, code);
        Assert.True(paired.Ok, paired.Error?.Message);

        var second = await TestClient.Open(Supervisor, GatewayKey);
        Assert.True((await second.Connect(device)).Ok);
        var listed = await second.Get("device.pair.list", Json.PairListResult);
        Assert.True(Assert.Single(listed.Paired).Connected);
        Assert.Equal(0, listed.LiveCodes);

        var removed = await owner.Get("device.pair.remove", Json.PairRemoveResult, SessionSamples.Json(new PairRemoveParams(device.Id, "lost"), Json.PairRemoveParams));
        Assert.Equal(2, removed.ConnectionsClosed);
        Assert.Empty(Live.ForDevice(device.Id));
        Assert.Equal("device_revoked", (await first.Transport.Closed).Error.Code);
        Assert.Equal("device_revoked", (await second.Transport.Closed).Error.Code);

        var third = await TestClient.Open(Supervisor, GatewayKey);
        Assert.Equal("device_revoked", (await third.Connect(device)).Error!.Code);
        Assert.Contains(Audit, record => record.Kind == AuditKind.Revocation && record.Device == device.Id && record.Subject == "control:uid=1000" && record.Detail == "lost");
        Assert.DoesNotContain(Audit, record => record.ToString().Contains(code.Secret.Reveal(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Code_AfterFiveWrongTries_IsDeadAlsoForTheRightDevice()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        var minted = await owner.Get("device.pair.code.create", Json.CodeCreateResult, SessionSamples.Json(new CodeCreateParams(Role.Operator, null, null), Json.CodeCreateParams));
        Assert.True(PairingCode.TryParse(minted.Code.Reveal(), out var code));
        using var device = new TestDevice();
        for (var wrong = 0; wrong < 5; wrong++)
        {
            var client = await TestClient.Open(Supervisor, GatewayKey);
            await client.Connect(device, new PairingIntent { Flow = PairingFlow.Code, Name = "laptop" });
            Assert.True((await client.Call("pair.begin", new PairBeginParams(code.Id), Json.PairBeginParams)).Ok);
            var refused = await client.Call("pair.confirm", new PairConfirmParams(code.Id, Base64UrlText.Encode(new byte[32])), Json.PairConfirmParams);
            Assert.Equal("pairing_code_invalid", refused.Error!.Code);
        }

        var right = await TestClient.Open(Supervisor, GatewayKey);
        Assert.Equal("pairing_code_invalid", (await right.PairByCode(device, code)).Error!.Code);
    }

    [Fact]
    public async Task Request_NeedsTheSymbols_AndWakesTheDevice()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        using var device = new TestDevice();
        var client = await TestClient.Open(Supervisor, GatewayKey);
        var symbolNonce = Nonce.New();
        await client.Connect(device, new PairingIntent { Flow = PairingFlow.Request, Name = "laptop", Commitment = CheckSymbols.Commit(symbolNonce) });
        var asked = await client.Get("pair.request", Json.PairRequestResult, SessionSamples.Json(new PairRequestParams(symbolNonce), Json.PairRequestParams));
        Assert.Equal(asked.RequestId.ToString(), (await owner.Transport.Event(PairingEvents.Requested)).GetProperty("requestId").GetString());

        var wrong = await owner.Call("device.pair.approve", new PairApproveParams(asked.RequestId, "0000-0000"), Json.PairApproveParams);
        Assert.Equal("pairing_symbols_mismatch", wrong.Error!.Code);
        var approved = await owner.Get("device.pair.approve", Json.PairApproveResult, SessionSamples.Json(new PairApproveParams(asked.RequestId, asked.Symbols), Json.PairApproveParams));
        Assert.Equal(device.Id, approved.Device.DeviceId);
        await client.Transport.Event(HelloOk.WelcomeEvent);
        Assert.Equal("approved", (await owner.Transport.Event(PairingEvents.Resolved)).GetProperty("decision").GetString());
        Assert.True((await client.Get("health", Json.HealthResult)).Ok);
    }

    [Fact]
    public async Task Request_Rejected_HearsTheReason()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        using var device = new TestDevice();
        var client = await TestClient.Open(Supervisor, GatewayKey);
        var symbolNonce = Nonce.New();
        await client.Connect(device, new PairingIntent { Flow = PairingFlow.Request, Name = "laptop", Commitment = CheckSymbols.Commit(symbolNonce) });
        var asked = await client.Get("pair.request", Json.PairRequestResult, SessionSamples.Json(new PairRequestParams(symbolNonce), Json.PairRequestParams));
        await owner.Get("device.pair.reject", Json.PairRejectResult, SessionSamples.Json(new PairRejectParams(asked.RequestId, "not yours"), Json.PairRejectParams));
        var (_, error) = await client.Transport.Closed;
        Assert.Equal("pairing_rejected", error.Code);
        Assert.Contains("not yours", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ShowsPathsToTheOwnerOnly()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        var whole = await owner.Get("status", Json.StatusResult);
        Assert.Equal(("control-socket", ControlSocket, 1), (whole.You.Method, whole.Daemon.ControlSocket, whole.Connections));
        Assert.NotEmpty(whole.Daemon.Endpoints);
        Assert.Equal("https://app.example.org", Assert.Single(whole.Notices!.OptIns).Value);

        using var device = new TestDevice();
        var client = await Paired(owner, device);
        var part = await client.Get("status", Json.StatusResult);
        Assert.Null(part.Daemon.ControlSocket);
        Assert.Empty(part.Daemon.Endpoints);
        Assert.Equal(("exposure.origins", null), (Assert.Single(part.Notices!.OptIns).Key, part.Notices.OptIns[0].Value));
        Assert.Equal(("auth_none", null), (Assert.Single(part.Notices.Warnings).Id, part.Notices.Warnings[0].Value));
        Assert.Equal(1, part.Registry.Paired);
        Assert.Equal(device.Id, part.You.DeviceId);
    }

    [Fact]
    public async Task Connections_AreListedWithWhatTheyAre()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        using var device = new TestDevice();
        await Paired(owner, device);
        await TestClient.Open(Supervisor, GatewayKey);
        await AwaitAssertAsync(() => Assert.Equal(3, Live.Count));
        var rows = (await owner.Get("connection.list", Json.ConnectionListResult)).Connections;
        Assert.Equal(["Active", "Active", "AwaitingHello"], rows.Select(row => row.State));
        Assert.Equal(("control/signalr", "control:uid=1000", null), (rows[0].Transport, rows[0].Principal, rows[0].RemoteAddress));
        Assert.Equal(("tcp/signalr", device.Id, "203.0.113.9", "test/1"), (rows[1].Transport, rows[1].DeviceId, rows[1].RemoteAddress, rows[1].Client));
    }

    [Fact]
    public async Task Stop_AnswersBeforeItDrains()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        var result = await owner.Get("daemon.stop", Json.DaemonStopResult);
        Assert.Equal((4242, 10_000), (result.Pid, result.DrainBudgetMs));
        Assert.Equal("control:uid=1000", await Stopped.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task PairedDevice_MayNotDoWhatItsScopesDoNotReach()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        using var device = new TestDevice();
        var client = await Paired(owner, device);
        Assert.Equal("missing_scope", (await client.Transport.Call("daemon.stop")).Error!.Code);
        var exceeding = await client.Call("device.pair.code.create", new CodeCreateParams(Role.Operator, ScopeSet.All, null), Json.CodeCreateParams);
        Assert.Equal("pairing_scope_exceeds_approver", exceeding.Error!.Code);
    }

    [Fact]
    public async Task Parameters_OfNoForm_NameThePath()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        var answer = await owner.Transport.Call("device.pair.remove", SessionSamples.Parse("""{"deviceId":"nobody"}"""));
        Assert.Equal("invalid_request", answer.Error!.Code);
        Assert.Contains("$.deviceId", answer.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Netclaw.", answer.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegistryThatStopped_LeavesReadsAndRefusesChanges()
    {
        var owner = await TestClient.OpenAsOwner(Supervisor, GatewayKey);
        await ActorRegistry.Get<DeviceRegistryKey>().GracefulStop(Patience);
        var refused = await owner.Call("device.pair.remove", new PairRemoveParams(GatewayKey.DeviceId), Json.PairRemoveParams);
        Assert.Equal("journal_unavailable", refused.Error!.Code);
        var again = await owner.Call("device.pair.remove", new PairRemoveParams(GatewayKey.DeviceId), Json.PairRemoveParams);
        Assert.Equal("journal_unavailable", again.Error!.Code);
        Assert.Empty((await owner.Get("device.pair.list", Json.PairListResult)).Paired);
    }

    private async Task<TestClient> Paired(TestClient owner, TestDevice device)
    {
        var minted = await owner.Get("device.pair.code.create", Json.CodeCreateResult, SessionSamples.Json(new CodeCreateParams(Role.Operator, null, null), Json.CodeCreateParams));
        Assert.True(PairingCode.TryParse(minted.Code.Reveal(), out var code));
        var client = await TestClient.Open(Supervisor, GatewayKey);
        var answer = await client.PairByCode(device, code);
        Assert.True(answer.Ok, answer.Error?.Message);
        return client;
    }
}
