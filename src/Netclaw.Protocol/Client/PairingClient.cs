namespace Netclaw.Protocol;

/// <summary>
/// The device's side of the pairing flows (trust.md section 7) over one open connection, which ends active or closed. Good for one try.
/// </summary>
/// <param name="request">Who asks, with its key; the intent is filled in here.</param>
/// <param name="name">What the device calls itself; see <see cref="DeviceName"/>.</param>
/// <param name="pinned">Whether the connection was opened against a pin or over the control socket, so that its gateway is known.</param>
public sealed class PairingClient(GatewayConnection connection, ConnectRequest request, string name, bool pinned, Action<PairingStep>? progress = null)
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(30);

    private readonly SigningKey _device = request.Device ?? throw new ArgumentException("pairing needs the device's key", nameof(request));

    /// <summary>Code first. The device proves the code, then the gateway does; only then is the gateway's key known to be right.</summary>
    /// <exception cref="GatewayException">pairing_code_invalid, _expired, _used, pairing_scope_not_offered, pairing_exchange_expired, gateway_proof_invalid, or the connection's.</exception>
    public async Task<Paired> ByCodeAsync(PairingCode code, CancellationToken cancellation)
    {
        // The stretch needs nothing but the gateway's id, so it runs while the gateway answers.
        var stretch = Task.Run(() => CodeStretch.Stretch(code, connection.GatewayId), cancellation);
        if (await ConnectAsync(PairingFlow.Code, null, cancellation).ConfigureAwait(false) is ConnectOutcome.Welcomed known)
        {
            return Known(known.Hello);
        }

        using var deadline = new CancellationTokenSource(Limits.CodeExchange, connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await ExchangeAsync(code, stretch, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw GatewayException.Of(RefusalCode.PairingExchangeExpired,
                $"Tried {connection.Endpoint.Shown}: the exchange took more than a minute and was abandoned.", cause: e);
        }
    }

    /// <summary>Request first. Waits until an operator decides, the request expires, or <paramref name="cancellation"/>.</summary>
    /// <exception cref="GatewayException">pairing_rejected, pairing_request_expired, _superseded, pairing_symbols_mismatch, or the connection's.</exception>
    public async Task<Paired> ByRequestAsync(CancellationToken cancellation)
    {
        var symbolNonce = Nonce.New();
        var outcome = await ConnectAsync(PairingFlow.Request, CheckSymbols.Commit(symbolNonce), cancellation).ConfigureAwait(false);
        if (outcome is not ConnectOutcome.Offered { Offer: var offer })
        {
            return Known(((ConnectOutcome.Welcomed)outcome).Hello);
        }

        MustBeNonce(offer.ExchangeNonce);
        var result = await connection.CallAsync(
            PairRequestParams.Method, new PairRequestParams(symbolNonce),
            ProtocolJson.Default.PairRequestParams, ProtocolJson.Default.PairRequestResult, cancellation).ConfigureAwait(false);
        var symbols = CheckSymbols.Compute(connection.GatewayKey, _device.Public, offer.ExchangeNonce, symbolNonce);
        if (!CheckSymbols.Same(symbols, result.Symbols))
        {
            throw GatewayException.Of(RefusalCode.PairingSymbolsMismatch,
                $"Tried {connection.Endpoint.Shown}: this device computes {symbols}, the gateway shows other symbols: somebody may stand in between.",
                RefusalTable.For(RefusalCode.PairingCommitmentMismatch).Remedy);
        }

        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(result.ExpiresAtMs);
        progress?.Invoke(new PairingStep.Requested(result.RequestId, symbols, expiresAt));
        return await DecisionAsync(expiresAt, cancellation).ConfigureAwait(false);
    }

    /// <summary>By the token of an earlier gateway, which is good once. Nobody on the way may be able to read it: the caller sees to that.</summary>
    /// <exception cref="GatewayException">legacy_token_invalid, _spent, _not_private, auth_rate_limited, device_revoked, or the connection's.</exception>
    public async Task<Paired> ByLegacyTokenAsync(Secret token, CancellationToken cancellation)
    {
        var outcome = await connection.ConnectAsync(request with { Auth = new ConnectAuth { LegacyToken = token } }, cancellation).ConfigureAwait(false);
        return new Paired(((ConnectOutcome.Welcomed)outcome).Hello, connection.GatewayKey, WasPaired: false);
    }

    /// <summary>
    /// By the token of a setup code (<see cref="SetupLink"/>): paired at once, and let in again for as long as the code lives. The connection is opened against the link's
    /// pin: the token is shown to that gateway alone.
    /// </summary>
    /// <exception cref="GatewayException">setup_code_invalid, auth_rate_limited, role_not_allowed, missing_scope, device_revoked, or the connection's.</exception>
    public async Task<Paired> BySetupAsync(Secret token, CancellationToken cancellation)
    {
        var named = request with { Client = request.Client with { DisplayName = name }, Auth = new ConnectAuth { BootstrapToken = token } };
        var outcome = await connection.ConnectAsync(named, cancellation).ConfigureAwait(false);
        return new Paired(((ConnectOutcome.Welcomed)outcome).Hello, connection.GatewayKey, WasPaired: false);
    }

    private async Task<Paired> ExchangeAsync(PairingCode code, Task<byte[]> stretch, CancellationToken cancellation)
    {
        var begun = await connection.CallAsync(
            PairBeginParams.Method, new PairBeginParams(code.Id),
            ProtocolJson.Default.PairBeginParams, ProtocolJson.Default.PairBeginResult, cancellation).ConfigureAwait(false);
        progress?.Invoke(new PairingStep.CodeBegun());
        MustBeNonce(begun.ExchangeNonce);

        var key = await stretch.WaitAsync(cancellation).ConfigureAwait(false);
        var transcript = CodeExchange.Transcript(new CodeTranscript(
            connection.GatewayKey, _device.Public, code.Id, request.Role, request.Scopes,
            connection.Challenge.Nonce, connection.ClientNonce, begun.ExchangeNonce));
        var confirm = connection.CallAsync(
            PairConfirmParams.Method, new PairConfirmParams(code.Id, CodeExchange.DeviceProof(key, transcript)),
            ProtocolJson.Default.PairConfirmParams, ProtocolJson.Default.PairConfirmResult, cancellation);
        progress?.Invoke(new PairingStep.CodeProven());

        var confirmed = await confirm.ConfigureAwait(false);
        var hello = connection.Checked(confirmed.Hello);
        return CodeExchange.VerifyGatewayProof(key, transcript, hello.Auth.Scopes, confirmed.Proof)
            ? new Paired(hello, connection.GatewayKey, WasPaired: false)
            : throw GatewayException.Of(RefusalCode.GatewayProofInvalid,
                $"Tried {connection.Endpoint.Shown}: it took the code's proof and did not prove the code itself. Its key was not pinned; mint a new code.",
                RefusalTable.For(RefusalCode.PairingCodeInvalid).Remedy);
    }

    private async Task<Paired> DecisionAsync(DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        // Both times are the gateway's clock; the gateway itself says when the request expires, this bound is for one that forgets to.
        var wait = expiresAt - DateTimeOffset.FromUnixTimeMilliseconds(connection.Challenge.Ts) + ClockSlack;
        try
        {
            var first = await Task.WhenAny(connection.Welcome, connection.Closed)
                .WaitAsync(wait > ClockSlack ? wait : ClockSlack, connection.Time, cancellation).ConfigureAwait(false);
            return first == connection.Welcome
                ? new Paired(await connection.Welcome.ConfigureAwait(false), connection.GatewayKey, WasPaired: false)
                : throw new GatewayException((await connection.Closed.ConfigureAwait(false)).Error);
        }
        catch (TimeoutException e)
        {
            throw GatewayException.Of(RefusalCode.PairingRequestExpired, $"Asked {connection.Endpoint.Shown}: nobody decided in time.", cause: e);
        }
    }

    /// <summary>A gateway that lets the device in without the exchange has proven no code; only a pin tells that it is the right one.</summary>
    private Paired Known(HelloOk hello) => pinned
        ? new Paired(hello, connection.GatewayKey, WasPaired: true)
        : throw GatewayException.Of(RefusalCode.GatewayProofInvalid,
            $"Tried {connection.Endpoint.Shown}: it lets this device in without the pairing exchange, and no pin tells that it is the right gateway. Pair with a fresh device key.");

    private Task<ConnectOutcome> ConnectAsync(PairingFlow flow, string? commitment, CancellationToken cancellation) => connection.ConnectAsync(
        request with { Pairing = new PairingIntent { Flow = flow, Name = name, Commitment = commitment } }, cancellation);

    private void MustBeNonce(string nonce)
    {
        if (!Nonce.IsWellFormed(nonce))
        {
            throw GatewayException.Of(RefusalCode.ProtocolMismatch, $"Tried {connection.Endpoint.Shown}: it sent no well-formed nonce for the exchange.");
        }
    }
}
