using Netclaw.Protocol;

namespace Netclaw.KillLoop.Clients;

/// <summary>What devices do: each call opens a real connection over TCP to the pinned gateway.</summary>
internal sealed class DeviceClient(Uri url, string pinnedKeyHash)
{
    /// <summary>A machine that is busy with something else is no broken promise.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static readonly ClientInfo Label = new() { Id = "kill-loop", Version = "1", Platform = "test" };

    private readonly GatewayConnectionOptions _options = new() { PinnedKeyHash = pinnedKeyHash, OpenTimeout = Patience, CallTimeout = Patience };

    /// <summary>A connection that is let in. Whoever asks closes it.</summary>
    /// <exception cref="GatewayException">It is not let in, or the gateway is gone.</exception>
    public async Task<(GatewayConnection Connection, HelloOk Hello)> ConnectAsync(SigningKey key)
    {
        var connection = await OpenAsync();
        try
        {
            var outcome = await connection.ConnectAsync(new ConnectRequest { Client = Label, Device = key }, default);
            return (connection, ((ConnectOutcome.Welcomed)outcome).Hello);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets itself in and goes again.</summary>
    public async Task<GrantedAuth> LookInAsync(SigningKey key)
    {
        var (connection, hello) = await ConnectAsync(key);
        await connection.DisposeAsync();
        return hello.Auth;
    }

    public async Task<Paired> PairByCodeAsync(SigningKey key, PairingCode code, string name, ScopeSet scopes)
    {
        await using var connection = await OpenAsync();
        return await new PairingClient(connection, Asks(key, scopes), name, pinned: true).ByCodeAsync(code, default);
    }

    /// <param name="asked">Told once the gateway has acknowledged the request.</param>
    public async Task<Paired> PairByRequestAsync(SigningKey key, string name, ScopeSet scopes, Action<PairingStep.Requested> asked)
    {
        await using var connection = await OpenAsync();
        return await new PairingClient(connection, Asks(key, scopes), name, pinned: true, step =>
        {
            if (step is PairingStep.Requested requested)
            {
                asked(requested);
            }
        }).ByRequestAsync(default);
    }

    /// <summary>Begins the exchange of a code and abandons it: a try, as a guesser makes it.</summary>
    public async Task BeginAsync(SigningKey key, PairingCodeId code)
    {
        await using var connection = await OpenAsync();
        var intent = new PairingIntent { Flow = PairingFlow.Code, Name = "guesser" };
        await connection.ConnectAsync(Asks(key, ScopeSet.ReadWrite) with { Pairing = intent }, default);
        await connection.CallAsync(PairBeginParams.Method, new PairBeginParams(code), ProtocolJson.Default.PairBeginParams, ProtocolJson.Default.PairBeginResult, default);
    }

    /// <summary>Another key for the device, signed by both.</summary>
    public async Task<KeyRotateResult> RotateAsync(SigningKey former, SigningKey next)
    {
        var (connection, hello) = await ConnectAsync(former);
        await using var _ = connection;
        var signed = NativeTranscript.Rekey(connection.GatewayKey, hello.Server.ConnId, former.Public.DeviceId, next.Public);
        return await connection.CallAsync(
            KeyRotateParams.Method, new KeyRotateParams(next.Public, Base64UrlText.Encode(former.Sign(signed)), Base64UrlText.Encode(next.Sign(signed))),
            ProtocolJson.Default.KeyRotateParams, ProtocolJson.Default.KeyRotateResult, default);
    }

    private static ConnectRequest Asks(SigningKey key, ScopeSet scopes) => new() { Client = Label, Device = key, Scopes = scopes };

    private Task<GatewayConnection> OpenAsync() => GatewayConnection.OpenAsync(new GatewayEndpoint.Http(url), _options, default);
}
