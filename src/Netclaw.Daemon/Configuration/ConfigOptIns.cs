using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Configuration;

/// <summary>Every place where the owner chose to trust more than a proof: explicit, narrow, and said at every start.</summary>
internal static class ConfigOptIns
{
    public static ImmutableArray<OptIn> Of(NetclawOptions options) =>
    [
        .. Proxy(options.Auth.TrustedProxy),
        .. Of("exposure.trustedProxies", options.Exposure.TrustedProxies.ToString(), "what these addresses forward counts as coming through the proxy"),
        .. Of("exposure.skipTunnelProcessCheck", options.Exposure.SkipTunnelProcessCheck ? "true" : "", "the daemon starts without seeing the tunnel's agent"),
        .. Of("exposure.origins", string.Join(", ", options.Exposure.Origins), "pages of these origins may connect"),
        .. Of("auth.mode", options.Auth.Mode == AuthMode.None ? "none" : "", "whoever reaches loopback may read and write"),
        .. Of("auth.sharedSecretScopes.remote", options.Auth.SharedSecretScopes.Remote.ToString(), "the shared secret alone grants this from anywhere"),
        .. Of("control.allowUsers", string.Join(", ", options.Control.AllowUsers), $"these users of this machine may {options.Control.Scopes}"),
        .. Of("control.allowGroups", string.Join(", ", options.Control.AllowGroups), $"members of these groups may {options.Control.Scopes}"),
        .. Of("host.acceptFrom", options.Host.AcceptFrom.ToString(), "the host credential counts from there too"),
        .. options.Agents.All.Where(agent => agent.Approve == ApprovalRule.Never).Select(agent => new OptIn($"{agent.Key}.approve", "never", "this agent runs programs without anybody being asked")),
    ];

    private static IEnumerable<OptIn> Proxy(TrustedProxyOptions proxy) =>
    [
        .. Of("auth.trustedProxy.allowLoopback", proxy.AllowLoopback ? "true" : "", "a proxy on this very machine counts"),
        .. Of("auth.trustedProxy.loopbackUser", proxy.LoopbackUser ?? "", "who internal clients on loopback are that send no user header"),
        .. Of("auth.trustedProxy.loopbackUids", proxy.LoopbackUids?.ToString() ?? "", "whose processes count as internal on loopback"),
        .. Of("auth.trustedProxy.proxyUids", proxy.ProxyUids.ToString(), "whose processes may be the proxy on loopback"),
        .. proxy.IdentityScopes.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new OptIn($"auth.trustedProxy.identityScopes[\"{entry.Key}\"]", entry.Value.ToString(), "what this user gets for the proxy's word")),
    ];

    private static IEnumerable<OptIn> Of(string key, string value, string opens) => value.Length == 0 ? [] : [new OptIn(key, value, opens)];
}
