using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

public sealed class PairingTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task ACodePairsADevice_ThatThenConnectsByItsKeyAlone()
    {
        using var phone = new TestDevice("phone");
        var paired = await phone.PairAsync(_host);
        Assert.Equal(phone.Id, paired.Hello.Auth.DeviceId);

        await using var connection = await phone.ConnectAsync(_host);
        var status = await connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        Assert.Equal(("device-key", "phone"), (status.You.Method, status.You.DeviceName));
        Assert.Equal(ScopeSet.DeviceDefault, status.You.Scopes);
    }

    [Fact]
    public async Task ACodeIsGoodOnce()
    {
        using var phone = new TestDevice("phone");
        using var thief = new TestDevice("thief");
        await using var owner = await _host.OperatorAsync();
        var code = await TestDevice.MintAsync(owner);

        await using var first = await GatewayHost.OpenAsync(_host.Tcp);
        await phone.Pairing(first).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal(RefusalCode.PairingCodeUsed, await RefusalAsync(thief, code));
    }

    [Fact]
    public async Task AWrongCodeAndAnUnknownOneAreAnsweredAlike()
    {
        using var thief = new TestDevice("thief");
        await using var owner = await _host.OperatorAsync();
        var code = await TestDevice.MintAsync(owner);

        Assert.Equal(RefusalCode.PairingCodeInvalid, await RefusalAsync(thief, PairingCode.New(code.Id)));
        Assert.Equal(RefusalCode.PairingCodeInvalid, await RefusalAsync(thief, PairingCode.New()));
    }

    [Fact]
    public async Task ApprovingWakesTheWaitingDevice_WithTheSameSymbolsOnBothSides()
    {
        using var tablet = new TestDevice("tablet");
        await using var owner = await _host.OperatorAsync();
        await using var connection = await GatewayHost.OpenAsync(_host.Tcp);
        var (waiting, requested) = await RequestAsync(tablet, connection);

        var pending = Assert.Single((await ListAsync(owner)).Pending);
        Assert.Equal((requested.RequestId, requested.Symbols), (pending.RequestId, pending.Symbols));
        await owner.CallAsync(
            PairApproveParams.Method, new PairApproveParams(pending.RequestId, requested.Symbols),
            ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal(tablet.Id, (await waiting.WaitAsync(GatewayHost.Bound)).Hello.Auth.DeviceId);
        Assert.True((await connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, CancellationToken.None).WaitAsync(GatewayHost.Bound)).Ok);
    }

    [Fact]
    public async Task RejectingEndsTheWait_WithTheReason()
    {
        using var tablet = new TestDevice("tablet");
        await using var owner = await _host.OperatorAsync();
        await using var connection = await GatewayHost.OpenAsync(_host.Tcp);
        var (waiting, requested) = await RequestAsync(tablet, connection);
        await owner.CallAsync(
            PairRejectParams.Method, new PairRejectParams(requested.RequestId, "not mine"),
            ProtocolJson.Default.PairRejectParams, ProtocolJson.Default.PairRejectResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        var refused = await Assert.ThrowsAsync<GatewayException>(() => waiting.WaitAsync(GatewayHost.Bound));
        Assert.Equal(RefusalCode.PairingRejected, refused.Code);
        Assert.Contains("not mine", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RevokingClosesLiveConnections_BeforeTheCallReturns()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using var owner = await _host.OperatorAsync();
        await using var first = await phone.ConnectAsync(_host);
        await using var second = await phone.ConnectAsync(_host);

        var removed = await owner.CallAsync(
            PairRemoveParams.Method, new PairRemoveParams(phone.Id),
            ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal(2, removed.ConnectionsClosed);
        Assert.Empty(_host.Service<Netclaw.Actors.Sessions.LiveSessions>().ForDevice(phone.Id));
        foreach (var connection in new[] { first, second })
        {
            Assert.Equal("device_revoked", (await connection.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        }

        var refused = await Assert.ThrowsAsync<GatewayException>(() => phone.ConnectAsync(_host));
        Assert.Equal(RefusalCode.DeviceRevoked, refused.Code);
    }

    [Fact]
    public async Task PairingsAndRevocationsStand_AfterARestart()
    {
        using var phone = new TestDevice("phone");
        using var lost = new TestDevice("lost");
        await phone.PairAsync(_host);
        await lost.PairAsync(_host);
        await using (var owner = await _host.OperatorAsync())
        {
            await owner.CallAsync(
                PairRemoveParams.Method, new PairRemoveParams(lost.Id),
                ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        }

        _host = await _host.RestartAsync();

        await using var connection = await phone.ConnectAsync(_host);
        Assert.Equal(RefusalCode.DeviceRevoked, (await Assert.ThrowsAsync<GatewayException>(() => lost.ConnectAsync(_host))).Code);
    }

    private async Task<RefusalCode?> RefusalAsync(TestDevice device, PairingCode code)
    {
        await using var connection = await GatewayHost.OpenAsync(_host.Tcp);
        return (await Assert.ThrowsAsync<GatewayException>(
            () => device.Pairing(connection).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound))).Code;
    }

    private static async Task<(Task<Paired> Waiting, PairingStep.Requested Requested)> RequestAsync(TestDevice device, GatewayConnection connection)
    {
        var requested = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = device.Pairing(connection, step => requested.TrySetResult((PairingStep.Requested)step)).ByRequestAsync(CancellationToken.None);
        var first = await Task.WhenAny(requested.Task, waiting).WaitAsync(GatewayHost.Bound);
        return first == waiting ? throw new InvalidOperationException("the wait ended early", waiting.Exception) : (waiting, await requested.Task);
    }

    private static Task<PairListResult> ListAsync(GatewayConnection owner) => owner.CallAsync(
        PairListResult.Method, new PairListParams(), ProtocolJson.Default.PairListParams, ProtocolJson.Default.PairListResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
