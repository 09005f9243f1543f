using Netclaw.Protocol;

namespace Netclaw.KillLoop.Clients;

/// <summary>The operator on the gateway's own machine: one connection to the control socket. Calls may be made from any thread.</summary>
internal sealed class Operator(GatewayConnection connection) : IAsyncDisposable
{
    private static readonly ConnectRequest Asks = new() { Client = DeviceClient.Label };

    public string GatewayKeyHash => connection.GatewayKey.HashText;

    /// <exception cref="GatewayException">The daemon is not there yet, or not any more.</exception>
    public static async Task<Operator> OpenAsync(NetclawHome home, CancellationToken cancellation)
    {
        var connection = await GatewayConnection.OpenAsync(GatewayEndpoint.OfHome(home), new GatewayConnectionOptions { OpenTimeout = DeviceClient.Patience, CallTimeout = DeviceClient.Patience }, cancellation);
        try
        {
            await connection.ConnectAsync(Asks, cancellation);
            return new Operator(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything there is: tombstones too.</summary>
    public Task<PairListResult> ListAsync() =>
        connection.CallAsync(PairListResult.Method, new PairListParams(All: true), ProtocolJson.Default.PairListParams, ProtocolJson.Default.PairListResult, default);

    public Task<CodeCreateResult> MintAsync(string name, ScopeSet scopes) => connection.CallAsync(
        CodeCreateParams.Method, new CodeCreateParams(Role.Operator, scopes, name), ProtocolJson.Default.CodeCreateParams, ProtocolJson.Default.CodeCreateResult, default);

    public Task<PairApproveResult> ApproveAsync(PairingRequestId request, string? symbols) => connection.CallAsync(
        PairApproveParams.Method, new PairApproveParams(request, symbols), ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult, default);

    public Task<PairRejectResult> RejectAsync(PairingRequestId request) => connection.CallAsync(
        PairRejectParams.Method, new PairRejectParams(request), ProtocolJson.Default.PairRejectParams, ProtocolJson.Default.PairRejectResult, default);

    public Task<PairRemoveResult> RevokeAsync(DeviceId device) => connection.CallAsync(
        PairRemoveParams.Method, new PairRemoveParams(device), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, default);

    public Task<PairRenameResult> RenameAsync(DeviceId device, string name) => connection.CallAsync(
        PairRenameParams.Method, new PairRenameParams(device, name), ProtocolJson.Default.PairRenameParams, ProtocolJson.Default.PairRenameResult, default);

    public Task<ScopesSetResult> SetScopesAsync(DeviceId device, ScopeSet scopes) => connection.CallAsync(
        ScopesSetParams.Method, new ScopesSetParams(device, scopes), ProtocolJson.Default.ScopesSetParams, ProtocolJson.Default.ScopesSetResult, default);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
