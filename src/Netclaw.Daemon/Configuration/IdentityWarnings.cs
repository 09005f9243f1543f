using System.Collections.Immutable;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Scopes that are wider than their proof, or that never reach whom they are meant for.</summary>
internal static class IdentityWarnings
{
    private const string Identities = "auth.trustedProxy.identityScopes";

    public static ImmutableArray<WarningRule> Rules { get; } =
    [
        new("identity_scopes_capped", Identities, "more than read and write for a user of a loopback proxy that is not proven", options =>
            Named(options, trusted => IsUnproven(trusted)).Where(entry => IsMoreThanReadWrite(entry.Value)).Select(entry => new Finding(
                $"{entry.Key}: {entry.Value}", $"{entry.Key} gets read and write at most through a proxy on loopback, which any process could pose as.",
                "Set auth.trustedProxy.proxyUids or auth.trustedProxy.assertion, or grant no more than read and write."))),
        new("identity_scopes_admin", Identities, "admin for a user whom a bare header names", options =>
            Named(options, trusted => trusted.Assertion is null && !IsUnproven(trusted)).Where(entry => entry.Value.Covers(Scope.Admin)).Select(entry => new Finding(
                $"{entry.Key}: {entry.Value}", $"A header is all it takes to be {entry.Key} with every right.",
                "Grant less and pair a device for the rest, or have the proxy sign who it is: auth.trustedProxy.assertion."))),
        new("identity_scopes_not_allowed", Identities, "scopes for a user who is not in `allowUsers`", options =>
            Named(options, trusted => !trusted.AllowUsers.IsEmpty).Where(entry => !options.Auth.TrustedProxy.AllowUsers.Contains(entry.Key, StringComparer.Ordinal)).Select(entry => new Finding(
                entry.Key, $"{entry.Key} is not in auth.trustedProxy.allowUsers, and does not come in at all.", "Add the user there, or remove the entry."))),
        new("shared_secret_remote", "auth.sharedSecretScopes.remote", "a remote shared secret that grants anything", options =>
            options.Auth is { Mode: AuthMode.Token or AuthMode.Password, SharedSecretScopes.Remote: { IsEmpty: false } scopes }
                ? [new Finding(scopes.ToString(), "One leaked secret opens the gateway from anywhere, and cannot be revoked for one device alone.", "Remove it and pair each device.")]
                : []),
        new("control_scopes_admin", "control.scopes", "admin for other users of this machine", options =>
            options.Control.IsShared && options.Control.Scopes.Covers(Scope.Admin)
                ? [new Finding(options.Control.Scopes.ToString(), "Everybody in control.allowUsers and control.allowGroups can do what the owner can.", "Write no more than they need.")]
                : []),
        new("local_pairing_admin", "pairing.localScopes", "admin for devices that are paired without a prompt", options =>
            options.Pairing.AutoApproveLocal && options.Pairing.LocalScopes.Covers(Scope.Admin)
                ? [new Finding(options.Pairing.LocalScopes.ToString(), "Every program of the owner can make itself an operator for good, without a word.", "Write no more than read and write, or set pairing.autoApproveLocal to false.")]
                : []),
    ];

    /// <summary>Any local process could be the proxy.</summary>
    private static bool IsUnproven(TrustedProxyOptions trusted) => trusted is { AllowLoopback: true, ProxyUids.IsNone: true, Assertion: null };

    private static bool IsMoreThanReadWrite(ScopeSet scopes) => !ScopeSet.ReadWrite.Covers(scopes);

    private static IEnumerable<KeyValuePair<string, ScopeSet>> Named(NetclawOptions options, Func<TrustedProxyOptions, bool> applies) =>
        options.Auth.Mode == AuthMode.TrustedProxy && applies(options.Auth.TrustedProxy)
            ? options.Auth.TrustedProxy.IdentityScopes.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            : [];
}
