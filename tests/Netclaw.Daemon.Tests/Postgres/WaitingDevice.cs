using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>A device that was written down as waiting and hears of its decision on the connection that it keeps.</summary>
internal sealed class WaitingDevice : IAsyncDisposable
{
    private readonly GatewayConnection _connection;
    private readonly SigningKey _key;
    private readonly PairingStep.Requested _requested;

    private WaitingDevice(GatewayConnection connection, SigningKey key, PairingStep.Requested requested, Task<Paired> welcome) =>
        (_connection, _key, _requested, Welcome) = (connection, key, requested, welcome);

    public DeviceId Id => _key.Public.DeviceId;

    /// <summary>Completes when the gateway lets it in.</summary>
    public Task<Paired> Welcome { get; }

    public static async Task<WaitingDevice> AskAsync(GatewayConnection connection, ConnectRequest request, string name)
    {
        var key = SigningKey.Generate();
        var asked = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
        var welcome = new PairingClient(connection, request with { Device = key }, name, pinned: false, step => asked.TrySetResult((PairingStep.Requested)step))
            .ByRequestAsync(default);
        var first = await Task.WhenAny(asked.Task, welcome);
        await first;
        return new WaitingDevice(connection, key, await asked.Task, welcome);
    }

    public Task<PairApproveResult> ApproveAsync(GatewayConnection owner) => owner.CallAsync(
        PairApproveParams.Method, new PairApproveParams(_requested.RequestId, _requested.Symbols),
        ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult, default);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _ = Welcome.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        _key.Dispose();
    }
}
