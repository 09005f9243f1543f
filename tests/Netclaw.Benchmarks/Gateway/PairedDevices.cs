using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Devices paired the way users pair them, with the product's own client.</summary>
internal static class PairedDevices
{
    private static readonly ClientInfo Client = new() { Id = "bench", Version = "1", Platform = "linux" };
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>The operator on the host.</summary>
    public static async Task<GatewayConnection> OperatorAsync(DaemonProcess daemon, CancellationToken cancel = default)
    {
        var connection = await GatewayConnection.OpenAsync(GatewayEndpoint.OfHome(daemon.Home), new GatewayConnectionOptions(), cancel);
        await connection.ConnectAsync(new ConnectRequest { Client = Client }, cancel);
        return connection;
    }

    public static async Task<SigningKey> PairByCodeAsync(DaemonProcess daemon)
    {
        await using var host = await OperatorAsync(daemon);
        return await PairByCodeAsync(daemon, await MintAsync(host));
    }

    public static async Task<PairingCode> MintAsync(GatewayConnection host)
    {
        var minted = await host.CallAsync(CodeCreateParams.Method, new CodeCreateParams(Role.Operator, null, null),
            ProtocolJson.Default.CodeCreateParams, ProtocolJson.Default.CodeCreateResult, CancellationToken.None);
        return PairingCode.TryParse(minted.Code.Reveal(), out var code) ? code : throw new InvalidOperationException("the gateway minted no code");
    }

    public static async Task<SigningKey> PairByCodeAsync(DaemonProcess daemon, PairingCode code)
    {
        using var bound = new CancellationTokenSource(Bound);
        var key = SigningKey.Generate();
        await using var connection = await GatewayConnection.OpenAsync(new GatewayEndpoint.Http(daemon.Endpoint), new GatewayConnectionOptions(), bound.Token);
        await new PairingClient(connection, Request(key), "bench", pinned: false).ByCodeAsync(code, bound.Token);
        return key;
    }

    /// <summary>Request first, approved over the control socket with the symbols that the device shows.</summary>
    public static async Task<SigningKey> PairByRequestAsync(DaemonProcess daemon, GatewayConnection host, string name)
    {
        using var bound = new CancellationTokenSource(Bound);
        var key = SigningKey.Generate();
        await using var connection = await GatewayConnection.OpenAsync(new GatewayEndpoint.Http(daemon.Endpoint), new GatewayConnectionOptions(), bound.Token);
        var requested = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pairing = new PairingClient(connection, Request(key), name, pinned: false, step =>
        {
            if (step is PairingStep.Requested waiting)
            {
                requested.TrySetResult(waiting);
            }
        }).ByRequestAsync(bound.Token);
        var waiting = await requested.Task.WaitAsync(bound.Token);
        await host.CallAsync(PairApproveParams.Method, new PairApproveParams(waiting.RequestId, waiting.Symbols),
            ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult, bound.Token);
        await pairing;
        return key;
    }

    private static ConnectRequest Request(SigningKey key) => new() { Client = Client, Device = key, Scopes = ScopeSet.ReadWrite };
}
