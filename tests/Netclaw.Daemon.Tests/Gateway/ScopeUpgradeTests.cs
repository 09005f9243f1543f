using System.Text.Json.Serialization.Metadata;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>A connected device asks for more and waits for an operator, over real sockets.</summary>
public sealed class ScopeUpgradeTests : IAsyncLifetime
{
    private static readonly ScopeSet Admin = new(Scope.Admin);

    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task AnApproval_IsToldToWhoeverWaits_AndHoldsForNewConnectionsAlone()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using var connection = await phone.ConnectAsync(_host);
        await using var owner = await _host.OperatorAsync();
        var request = await AskAsync(connection);
        var waiting = WaitAsync(connection, request.RequestId);
        await CallAsync(owner, PairApproveParams.Method, new PairApproveParams(request.RequestId), ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult);

        var told = await waiting;

        Assert.Equal((ScopesWaitResult.Approved, true), (told.Status, told.Scopes!.Value.Covers(Scope.Admin)));
        Assert.Equal(ScopesWaitResult.Approved, (await WaitAsync(connection, request.RequestId)).Status);
        Assert.Equal(ScopeSet.DeviceDefault, (await StatusAsync(connection)).You.Scopes);
        await using var wider = await phone.ConnectAsync(_host);
        Assert.Equal(ScopeSet.DeviceDefault | Admin, (await StatusAsync(wider)).You.Scopes);
    }

    [Fact]
    public async Task ARejection_AndAnUnknownRequest_AreTold()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using var connection = await phone.ConnectAsync(_host);
        await using var owner = await _host.OperatorAsync();
        var request = await AskAsync(connection);
        await CallAsync(owner, PairRejectParams.Method, new PairRejectParams(request.RequestId), ProtocolJson.Default.PairRejectParams, ProtocolJson.Default.PairRejectResult);

        Assert.Equal(ScopesWaitResult.Rejected, (await WaitAsync(connection, request.RequestId)).Status);
        Assert.Equal(ScopesWaitResult.Expired, (await WaitAsync(connection, PairingRequestId.New())).Status);
        Assert.Equal(RefusalCode.InvalidRequest, (await Assert.ThrowsAsync<GatewayException>(() => AskAsync(owner))).Code);
    }

    private static Task<ScopesRequestResult> AskAsync(GatewayConnection by) => CallAsync(
        by, ScopesRequestParams.Method, new ScopesRequestParams(Admin), ProtocolJson.Default.ScopesRequestParams, ProtocolJson.Default.ScopesRequestResult);

    private static Task<ScopesWaitResult> WaitAsync(GatewayConnection by, PairingRequestId request) => CallAsync(
        by, ScopesWaitParams.Method, new ScopesWaitParams(request), ProtocolJson.Default.ScopesWaitParams, ProtocolJson.Default.ScopesWaitResult);

    private static Task<StatusResult> StatusAsync(GatewayConnection connection) =>
        connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    private static Task<TResult> CallAsync<TParams, TResult>(
        GatewayConnection by, string method, TParams parameters, JsonTypeInfo<TParams> form, JsonTypeInfo<TResult> result) =>
        by.CallAsync(method, parameters, form, result, CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
