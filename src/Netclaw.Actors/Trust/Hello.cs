using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Whether a device's signature holds. Worked out once, by <c>ProofVerifier</c>; the policy only reads it.</summary>
public enum ProofVerdict
{
    /// <summary>No device identity was presented.</summary>
    Absent,
    Valid,
    KeyInvalid,
    IdMismatch,
    NonceMismatch,
    Expired,
    SignatureInvalid,
}

/// <summary>What a client asked for and showed, whatever transport it came by. Labels are for people and logs only.</summary>
public sealed record Hello
{
    public required Role Role { get; init; }
    public required ScopeSet Scopes { get; init; }
    public required ClientInfo Client { get; init; }

    /// <summary>The presented key; null without a device identity. Says nothing until the verdict is <see cref="ProofVerdict.Valid"/>.</summary>
    public PublicKey? DeviceKey { get; init; }

    public PairingIntent? Pairing { get; init; }
}
