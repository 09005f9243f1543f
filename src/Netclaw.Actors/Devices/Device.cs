using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>Where a device came from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviceKind>))]
public enum DeviceKind
{
    /// <summary>This machine's own host credential.</summary>
    [JsonStringEnumMemberName("host")] Host,
    [JsonStringEnumMemberName("paired")] Paired,
}

/// <summary>How a pairing came about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PairedVia>))]
public enum PairedVia
{
    /// <summary>The daemon enrolled its own host.</summary>
    [JsonStringEnumMemberName("bootstrap")] Bootstrap,
    [JsonStringEnumMemberName("code")] Code,

    /// <summary>An operator approved a request.</summary>
    [JsonStringEnumMemberName("owner")] Owner,

    /// <summary>Without a prompt: an operator's device on this machine.</summary>
    [JsonStringEnumMemberName("local")] Local,

    /// <summary>Without a prompt: a node inside this machine's trust boundary.</summary>
    [JsonStringEnumMemberName("internal")] Internal,

    /// <summary>Brought over from an earlier gateway.</summary>
    [JsonStringEnumMemberName("import")] Import,

    /// <summary>By a setup code that an operator made.</summary>
    [JsonStringEnumMemberName("setup")] Setup,
}

/// <summary>A device in the registry. A revoked one stays as a tombstone: <see cref="RevokedAt"/> is set and nothing but a new code or approval lifts it.</summary>
public sealed record Device
{
    public required DeviceId Id { get; init; }
    public required PublicKey Key { get; init; }
    public required string Name { get; init; }
    public string? Platform { get; init; }
    public required DeviceKind Kind { get; init; }
    public required ImmutableArray<Role> Roles { get; init; }
    public required ScopeSet Scopes { get; init; }
    public required PairedVia Via { get; init; }

    /// <summary>The subject that paired it, as audit records name it.</summary>
    public required string PairedBy { get; init; }
    public required DateTimeOffset PairedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Set since a restore that could not know who was revoked meanwhile: kept and listed, let in by nobody but an operator's word.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>When it was last connected, as far as that is written: told in batches.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Its bearer tokens, at most one per role; a tombstone has none.</summary>
    public ImmutableArray<DeviceToken> Tokens { get; init; } = [];

    [JsonIgnore]
    public bool IsRevoked => RevokedAt is not null;

    [JsonIgnore]
    public bool IsSuspended => SuspendedAt is not null;

    /// <summary>With these scopes from now on; no token holds more.</summary>
    internal Device Narrowed(ScopeSet scopes) => this with
    {
        Scopes = scopes, Tokens = [.. Tokens.Select(token => token with { Scopes = new ScopeSet(token.Scopes.Expanded.Flags & scopes.Expanded.Flags & token.Scopes.Flags) })],
    };

    internal Device With(DeviceToken token) => this with { Tokens = [.. WithoutToken(token.Role).Tokens, token] };

    internal Device WithoutToken(Role role) => this with { Tokens = [.. Tokens.Where(token => token.Role != role)] };
}

/// <summary>A request that waits for an operator.</summary>
public sealed record PendingRequest
{
    public required PairingRequestId Id { get; init; }
    public required PublicKey Key { get; init; }
    public required string Name { get; init; }
    public string? Platform { get; init; }
    public required Role Role { get; init; }
    public required ScopeSet Scopes { get; init; }
    public required string ClientAddress { get; init; }

    /// <summary>The eight check symbols; null for protocol devices, which show their key's fingerprint.</summary>
    public string? Symbols { get; init; }
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>The last try; the request expires <see cref="PendingLifetime"/> after it.</summary>
    public required DateTimeOffset LastAt { get; init; }

    public static readonly TimeSpan PendingLifetime = TimeSpan.FromMinutes(5);

    [JsonIgnore]
    public DateTimeOffset ExpiresAt => LastAt + PendingLifetime;

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;
}
