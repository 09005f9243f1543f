using System.Collections.Frozen;
using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Section <c>auth.trustedProxy</c>: a proxy that authenticates people and names them in a header (trust.md section 5).</summary>
public sealed class TrustedProxyOptions
{
    /// <summary>The header that names the user. Default none; needed unless <see cref="Assertion"/> is set.</summary>
    public string? UserHeader { get; init; }

    /// <summary>Headers that the proxy sets on every request, in this order. Default none; one that is missing or blank is a refusal.</summary>
    public ImmutableArray<string> RequiredHeaders { get; init; } = [];

    /// <summary>Who may come in. Default empty: everybody the proxy names, which is warned about.</summary>
    public ImmutableArray<string> AllowUsers { get; init; } = [];

    /// <summary>Default false. True: a proxy on this very machine counts; any local process could then pose as it, see <see cref="ProxyUids"/>.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Who an internal client on loopback is that sends no user header. Default none; does nothing without <see cref="AllowLoopback"/>.</summary>
    public string? LoopbackUser { get; init; }

    /// <summary>Users whose processes may be internal clients and internal nodes. Default none set: the daemon's own user.</summary>
    public UidRule? LoopbackUids { get; init; }

    /// <summary>Users whose processes may be the proxy on loopback. Default none: not checked, and its users get read and write at most.</summary>
    public UidRule ProxyUids { get; init; } = UidRule.None;

    /// <summary>A signed statement of who the user is, instead of a bare header. Default none.</summary>
    public AssertionOptions? Assertion { get; init; }

    /// <summary>What a user may do. Default empty: read and write for everybody; too much here hands the gateway to a header.</summary>
    public FrozenDictionary<string, ScopeSet> IdentityScopes { get; init; } = FrozenDictionary<string, ScopeSet>.Empty;

    internal ScopeSet ScopesOf(string user) => IdentityScopes.TryGetValue(user, out var scopes) ? scopes : ScopeSet.ReadWrite;

    internal bool Allows(string user) => AllowUsers.IsEmpty || AllowUsers.Contains(user, StringComparer.Ordinal);
}

/// <summary>Section <c>auth.trustedProxy.assertion</c>: a JWT that the proxy signs for every request.</summary>
public sealed class AssertionOptions
{
    /// <summary>The header that carries it. No default.</summary>
    public required string Header { get; init; }

    /// <summary>Who must have signed it: the <c>iss</c> claim, exactly. No default.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whom it must be meant for: one of the <c>aud</c> claim. No default.</summary>
    public required string Audience { get; init; }

    /// <summary>The key set (RFC 7517): a file's path or an https url. No default.</summary>
    public required string KeySet { get; init; }

    /// <summary>The claim that names the user. Default <c>email</c>.</summary>
    public string UserClaim { get; init; } = "email";
}
