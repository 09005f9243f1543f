using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>
/// A setup code as the registry keeps it: the hash of its token alone. No <see cref="IssuedCode"/>, for its token is 256 random bits that a device shows, not a
/// few symbols that it proves in an exchange.
/// </summary>
public sealed record IssuedSetup
{
    /// <summary>How many may wait to be used at once.</summary>
    public const int MaximumLive = 32;

    /// <summary>How many are remembered in all, spent and expired ones included.</summary>
    public const int MaximumKept = 256;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Spent and expired ones stay this long after expiry, so that a late try hears the exact reason.</summary>
    public static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromMinutes(10);

    public required SetupCodeId Id { get; init; }
    public required SaltedHash Token { get; init; }

    /// <summary>What the device that uses it may connect as.</summary>
    public required ImmutableArray<Role> Roles { get; init; }
    public required ScopeSet Scopes { get; init; }

    /// <summary>What the device shall be called; null leaves it to the device.</summary>
    public string? Name { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The subject that minted it, as audit records name it.</summary>
    public required string MintedBy { get; init; }

    /// <summary>The first key that showed it; it lets in no other.</summary>
    public DeviceId? SpentBy { get; init; }
    public DateTimeOffset? SpentAt { get; init; }

    /// <summary>It pairs an operator's app, and not a node alone.</summary>
    [JsonIgnore]
    public bool IsForApp => Roles.Contains(Role.Operator);

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    public bool IsLive(DateTimeOffset now) => SpentBy is null && !IsExpired(now);

    public bool IsForgotten(DateTimeOffset now) => now >= ExpiresAt + KeptAfterExpiry;
}
