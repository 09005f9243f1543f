using System.Collections.Frozen;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Reads <c>auth.trustedProxy</c> into the very options that the policy decides by.</summary>
internal static class TrustedProxyReading
{
    public static TrustedProxyOptions Read(ConfigSection section)
    {
        var options = new TrustedProxyOptions
        {
            UserHeader = section.Optional("userHeader", Forms.HeaderName, "The header in which the proxy names the user; it must overwrite what clients send."),
            RequiredHeaders = section.Read("requiredHeaders", [], Forms.HeaderNames, "Headers that the proxy sets on every request; one that is missing is a refusal."),
            AllowUsers = section.Read("allowUsers", [], Forms.UserNames, "Who may come in; empty: everybody whom the proxy names."),
            AllowLoopback = section.Read("allowLoopback", false, FlagForm.Any, "Whether a proxy on this very machine counts. Any local process could pose as it: set proxyUids or assertion too."),
            LoopbackUser = section.Optional("loopbackUser", Forms.UserName, "Who an internal client on loopback is that sends no user header; does nothing without allowLoopback."),
            LoopbackUids = section.Read("loopbackUids", null, UidRuleForm.Any, "Users whose processes may be internal clients and internal nodes; \"any\" means every local process.", "the daemon's own user"),
            ProxyUids = section.Read("proxyUids", UidRule.None, UidRuleForm.Any, "Users whose processes may be the proxy on loopback; empty: not checked, and its users get read and write at most.") ?? UidRule.None,
            IdentityScopes = section.Read("identityScopes", FrozenDictionary<string, ScopeSet>.Empty, new MapForm<ScopeSet>(Forms.Scopes), "What a user may do, by name.", "read and write for everybody"),
            Assertion = Assertion(section.Section("assertion", "A signed statement of who the user is (a JWT of the proxy), instead of a bare header.")),
        };
        section.RejectUnknown();
        return options;
    }

    private static AssertionOptions? Assertion(ConfigSection section)
    {
        var options = new AssertionOptions
        {
            Header = section.Required("header", Forms.HeaderName, "the header that carries it."),
            Issuer = section.Required("issuer", TextForm.Any, "who must have signed it, as its iss claim says."),
            Audience = section.Required("audience", TextForm.Any, "whom it must be meant for, as its aud claim says."),
            KeySet = section.Required("keySet", Forms.KeySet, "the keys it may be signed with (RFC 7517), as a file or an https url."),
            UserClaim = section.Read("userClaim", "email", TextForm.Any, "The claim that names the user."),
        };
        section.RejectUnknown();
        return section.IsGiven ? options : null;
    }
}
