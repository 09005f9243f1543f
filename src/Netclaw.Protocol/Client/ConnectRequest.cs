namespace Netclaw.Protocol;

/// <summary>What a client asks to be. The device's proof is made from it once the gateway has proven itself.</summary>
public sealed record ConnectRequest
{
    public required ClientInfo Client { get; init; }

    public Role Role { get; init; } = Role.Operator;

    /// <summary>Empty: whatever the device was granted.</summary>
    public ScopeSet Scopes { get; init; }

    /// <summary>Signs the challenge; null on the control socket.</summary>
    public SigningKey? Device { get; init; }

    /// <summary>What to do when the device is not paired; null: be refused.</summary>
    public PairingIntent? Pairing { get; init; }

    public ConnectAuth? Auth { get; init; }
}

/// <summary>What <c>connect</c> came to when it was not refused. Closed.</summary>
public abstract record ConnectOutcome
{
    private ConnectOutcome()
    {
    }

    /// <summary>The connection is active.</summary>
    public sealed record Welcomed(HelloOk Hello) : ConnectOutcome;

    /// <summary>The device is not paired; the connection waits for the pairing steps.</summary>
    public sealed record Offered(PairingOffered Offer) : ConnectOutcome;
}
