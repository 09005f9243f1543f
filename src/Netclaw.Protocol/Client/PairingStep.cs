namespace Netclaw.Protocol;

/// <summary>How far a pairing is, for whoever shows it to a person. Closed.</summary>
public abstract record PairingStep
{
    private PairingStep()
    {
    }

    /// <summary>Code first: the gateway counted the try; this side now stretches the code, a few tenths of a second.</summary>
    public sealed record CodeBegun : PairingStep;

    /// <summary>Code first: the code was proven; the gateway's own proof is awaited.</summary>
    public sealed record CodeProven : PairingStep;

    /// <summary>Request first: an operator must compare <paramref name="Symbols"/> and approve.</summary>
    /// <param name="Symbols">As this device computed them; the gateway's were compared.</param>
    public sealed record Requested(PairingRequestId RequestId, string Symbols, DateTimeOffset ExpiresAt) : PairingStep;
}

/// <summary>A pairing that came about. The gateway's key may be pinned now.</summary>
/// <param name="WasPaired">The gateway knew the device already and nothing was changed.</param>
public sealed record Paired(HelloOk Hello, PublicKey GatewayKey, bool WasPaired);
