using System.Collections.Immutable;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Configuration;

/// <summary>The loopback opt-ins of <c>auth.trustedProxy</c>, and who may come in (trust.md section 5).</summary>
internal static class TrustedProxyWarnings
{
    private const string Section = "auth.trustedProxy";

    public static ImmutableArray<WarningRule> Rules { get; } =
    [
        Rule("allow_loopback_without_user", "loopbackUser", "`allowLoopback` without `loopbackUser`",
            options => options is { Auth: { Mode: AuthMode.TrustedProxy, TrustedProxy: { AllowLoopback: true, LoopbackUser: null } } },
            null, "Clients on this machine that come without the proxy, and so without a user header, are refused.",
            "Name the user that they are, or leave it if there are none."),
        Rule("loopback_user_without_allow", "allowLoopback", "`loopbackUser` without `allowLoopback`",
            options => options.Auth.TrustedProxy is { AllowLoopback: false, LoopbackUser: not null },
            "false", "auth.trustedProxy.loopbackUser never applies without it.", "Set it to true, or remove loopbackUser."),
        new("loopback_user_not_allowed", $"{Section}.allowUsers", "`loopbackUser` absent from a non-empty `allowUsers`", options =>
            options.Auth.TrustedProxy is { LoopbackUser: { } user, AllowUsers: { IsEmpty: false } users } && !users.Contains(user, StringComparer.Ordinal)
                ? [new Finding(string.Join(", ", users), $"{user}, the loopbackUser, is not among them, and is refused at every connection.", $"Add \"{user}\", or remove loopbackUser.")]
                : []),
        Rule("allow_users_empty", "allowUsers", "empty `allowUsers`",
            options => options.Auth is { Mode: AuthMode.TrustedProxy, TrustedProxy.AllowUsers.IsEmpty: true },
            "[]", "Everybody whom the proxy names comes in.", "List who may."),
        Rule("loopback_proxy_unproven", "proxyUids", "`allowLoopback` without `proxyUids` and `assertion`",
            options => options.Auth is { Mode: AuthMode.TrustedProxy, TrustedProxy: { AllowLoopback: true, ProxyUids.IsNone: true, Assertion: null } },
            "[]", "Any process of this machine could pose as the proxy and name any user; its users get read and write at most.",
            "List the user ids that the proxy runs as, or set auth.trustedProxy.assertion."),
        Rule("loopback_uids_any", "loopbackUids", "`loopbackUids` is `any`",
            options => options.Auth.TrustedProxy.LoopbackUids is { Any: true },
            "any", "Every local process counts as an internal client, whoever runs it.", "List the user ids that are meant."),
        Rule("proxy_uids_any", "proxyUids", "`proxyUids` is `any`",
            options => options.Auth.TrustedProxy.ProxyUids.Any,
            "any", "Every local process may pose as the proxy, and its users get all that identityScopes gives them.", "List the user ids that the proxy runs as."),
        Rule("trusted_proxy_idle", "userHeader", "a user header, an assertion or a loopback user in another auth mode",
            options => options.Auth.Mode != AuthMode.TrustedProxy && options.Auth.TrustedProxy is { UserHeader: not null } or { Assertion: not null } or { LoopbackUser: not null },
            null, "This section names users, and auth.mode is not \"trusted-proxy\": nobody is let in by it.", "Write auth.mode \"trusted-proxy\", or remove the section."),
    ];

    private static WarningRule Rule(string id, string key, string when, Func<NetclawOptions, bool> applies, string? value, string message, string remedy) =>
        new(id, $"{Section}.{key}", when, options => applies(options) ? [new Finding(value, message, remedy)] : []);
}
