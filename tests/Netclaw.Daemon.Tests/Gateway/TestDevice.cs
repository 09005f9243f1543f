using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Another computer: a key of its own, and the protocol.</summary>
internal sealed class TestDevice(string name) : IDisposable
{
    public static readonly ClientInfo Client = new() { Id = "netclaw-test", Version = "1", Platform = "test" };

    public SigningKey Key { get; init; } = SigningKey.Generate();

    public DeviceId Id => Key.Public.DeviceId;

    public ConnectRequest Request => new() { Client = Client, Device = Key };

    public PairingClient Pairing(GatewayConnection connection, Action<PairingStep>? progress = null) =>
        new(connection, Request with { Scopes = ScopeSet.DeviceDefault }, name, pinned: false, progress);

    public async Task<Paired> PairAsync(GatewayHost host)
    {
        await using var owner = await host.OperatorAsync();
        await using var connection = await GatewayHost.OpenAsync(host.Tcp);
        return await Pairing(connection).ByCodeAsync(await MintAsync(owner), CancellationToken.None).WaitAsync(GatewayHost.Bound);
    }

    public static async Task<PairingCode> MintAsync(GatewayConnection owner)
    {
        var minted = await owner.CallAsync(
            CodeCreateParams.Method, new CodeCreateParams(Role.Operator), ProtocolJson.Default.CodeCreateParams, ProtocolJson.Default.CodeCreateResult,
            CancellationToken.None).WaitAsync(GatewayHost.Bound);
        Assert.True(PairingCode.TryParse(minted.Code.Reveal(), out var code));
        return code;
    }

    /// <summary>An active connection over TCP, by this device's key.</summary>
    public async Task<GatewayConnection> ConnectAsync(GatewayHost host, Action<string, System.Text.Json.JsonElement>? onEvent = null)
    {
        var connection = await GatewayHost.OpenAsync(host.Tcp, onEvent);
        try
        {
            Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(Request, CancellationToken.None).WaitAsync(GatewayHost.Bound));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tries to come in over TCP.</summary>
    /// <returns>Null: it was let in.</returns>
    public async Task<RefusalCode?> RefusalAsync(GatewayHost host)
    {
        await using var connection = await GatewayHost.OpenAsync(host.Tcp);
        try
        {
            return await connection.ConnectAsync(Request, CancellationToken.None).WaitAsync(GatewayHost.Bound) is ConnectOutcome.Welcomed ? null : RefusalCode.PairingRequired;
        }
        catch (GatewayException refused)
        {
            return refused.Code;
        }
    }

    public void Dispose() => Key.Dispose();
}
