using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>What a client asked for and showed, whatever transport it came by. Labels are for people and logs only.</summary>
public sealed record Hello
{
    public required Role Role { get; init; }
    public required ScopeSet Scopes { get; init; }
    public required ClientInfo Client { get; init; }

    /// <summary>The presented key; null without a device identity. Says nothing until the verdict is <see cref="ProofVerdict.Valid"/>.</summary>
    public PublicKey? DeviceKey { get; init; }

    public PairingIntent? Pairing { get; init; }

    /// <summary>What was asked for of <paramref name="most"/>, or all of it when an operator named nothing. A node that names nothing gets nothing: it needs no operator scope.</summary>
    internal ScopeSet Wanted(ScopeSet most) => this is { Scopes.IsEmpty: true, Role: Role.Operator } ? most : most.Grant(Scopes);
}
