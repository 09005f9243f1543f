using System.Text.Json.Serialization;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>A pairing code as the registry keeps it. The secret half is not here: only its stretched form, sealed.</summary>
public sealed record IssuedCode
{
    public const int MaximumTries = 5;

    /// <summary>How many may wait to be used at once.</summary>
    public const int MaximumLive = 32;

    /// <summary>How many are remembered in all, spent and expired ones included.</summary>
    public const int MaximumKept = 1024;

    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan MaximumLifetime = TimeSpan.FromHours(1);

    /// <summary>Spent and expired codes stay this long after expiry, so that a late try hears the exact reason.</summary>
    public static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromMinutes(10);

    public required PairingCodeId Id { get; init; }
    public required SealedSecret SealedKey { get; init; }
    public required Role Role { get; init; }
    public required ScopeSet Scopes { get; init; }

    /// <summary>What the device shall be called; null leaves it to the device.</summary>
    public string? Name { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The subject that minted it, as audit records name it.</summary>
    public required string MintedBy { get; init; }

    /// <summary>Exchanges begun since it was minted, or since it was spent (a device that lost the answer may ask again).</summary>
    public int Tries { get; init; }
    public DeviceId? SpentBy { get; init; }

    [JsonIgnore]
    public bool HasTriesLeft => Tries < MaximumTries;

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    public bool IsLive(DateTimeOffset now) => SpentBy is null && HasTriesLeft && !IsExpired(now);

    public bool IsForgotten(DateTimeOffset now) => now >= ExpiresAt + KeptAfterExpiry;
}
