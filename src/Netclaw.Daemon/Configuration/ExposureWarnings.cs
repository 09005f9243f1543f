using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Configuration;

/// <summary>Modes that serve more, or fewer, than somebody may think.</summary>
internal static class ExposureWarnings
{
    public static ImmutableArray<WarningRule> Rules { get; } =
    [
        Rule("auth_none", "auth.mode", "auth mode `none`", options => options.Auth.Mode == AuthMode.None ? "none" : null,
            "Every program of this machine, whoever runs it, may read and write.", "Write \"token\"."),
        Rule("external_url_missing", "exposure.externalUrl", "another exposure than `local` without `externalUrl`",
            options => options.Exposure is { Mode: not ExposureMode.Local, ExternalUrl: null } ? "" : null,
            "Pairing instructions cannot name the gateway, and a proxy or tunnel that passes the public name on as Host is refused.", "Write the url that other machines use."),
        new("external_url_plain", "exposure.externalUrl", "an `externalUrl` of plain http on another exposure than `local`", options =>
            options.Exposure is { Mode: not ExposureMode.Local, ExternalUrl: { Scheme: "http" } url } && !(IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address))
                ? [new Finding(url.ToString(), "What goes there can be read and changed on its way, shared secrets included.", "Write an https url, and have the proxy end TLS.")]
                : []),
        Rule("proxies_unused", "exposure.trustedProxies", "`trustedProxies` that nothing uses",
            options => options is { Exposure: { Mode: ExposureMode.Local, TrustedProxies.IsEmpty: false }, Auth.Mode: not AuthMode.TrustedProxy } ? options.Exposure.TrustedProxies.ToString() : null,
            "With exposure.mode \"local\" nobody stands in front of the gateway.", "Write exposure.mode \"reverse-proxy\", or remove the list."),
        Rule("local_proxy_unreachable", "auth.trustedProxy.allowLoopback", "auth mode `trusted-proxy` with exposure `local` and without `allowLoopback`",
            options => options is { Exposure: { Mode: ExposureMode.Local, TrustedProxies.IsEmpty: false }, Auth: { Mode: AuthMode.TrustedProxy, TrustedProxy.AllowLoopback: false } } ? "false" : null,
            "The gateway listens on loopback only, and takes no proxy's word from there: no user can come in.", "Set it to true if the proxy runs on this machine; else write exposure.mode \"reverse-proxy\"."),
        Rule("tunnel_users_unproven", "auth.trustedProxy.proxyUids", "auth mode `trusted-proxy` behind a tunnel, without `proxyUids` and `assertion`",
            options => options.Exposure.Mode.IsTunnel() && options.Auth is { Mode: AuthMode.TrustedProxy, TrustedProxy: { ProxyUids.IsNone: true, Assertion: null } } ? "[]" : null,
            "Any process of this machine could send the tunnel's headers, so no user that they name is let in.", "List the user ids that the tunnel's agent runs as, or set auth.trustedProxy.assertion."),
        Rule("secret_readable", "auth.tokenFile", "a secret in a netclaw.json that others can read",
            options => options is { IsReadableByOthers: true, Auth: { Token: not null } or { Password: not null } } ? "" : null,
            "netclaw.json holds a secret, and other users of this machine can read it.", "Move it to a file of mode 0600 (auth.tokenFile, auth.passwordFile), or run: chmod 600 netclaw.json."),
        Rule("token_unused", "auth.token", "a token in netclaw.json beside `tokenFile`",
            options => options.Auth is { Token: not null, TokenFile: not null } ? "***" : null,
            "auth.tokenFile comes first; this one is never used.", "Remove one of them."),
        Rule("password_unused", "auth.password", "a password in netclaw.json beside `passwordFile`",
            options => options.Auth is { Password: not null, PasswordFile: not null } ? "***" : null,
            "auth.passwordFile comes first; this one is never used.", "Remove one of them."),
    ];

    /// <param name="found">What stands at the key, empty for nothing; null where all is well.</param>
    private static WarningRule Rule(string id, string key, string when, Func<NetclawOptions, string?> found, string message, string remedy) =>
        new(id, key, when, options => found(options) is { } value ? [new Finding(value.Length == 0 ? null : value, message, remedy)] : []);
}
