using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>The last hop: who may stand in front of the gateway (trust.md sections 2 and 5, steps 1 to 4).</summary>
internal static class ProxyChecks
{
    /// <summary>Step 1; start-up refuses the same, so this speaks only to whoever asks the policy without a daemon.</summary>
    public static AccessDecision? Configuration(AccessQuestion asked) => asked.Options switch
    {
        { Auth: AuthMode.TrustedProxy, TrustedProxy: { UserHeader: null, Assertion: null } } =>
            new Refused(RefusalCode.TrustedProxyConfigMissing, "proxy-config", "auth.trustedProxy names neither a userHeader nor an assertion"),
        { Exposure: ExposureMode.ReverseProxy, TrustedProxies.IsEmpty: true } => NoProxies("exposure.trustedProxies lists nobody"),
        { Auth: AuthMode.TrustedProxy, Exposure: ExposureMode.Local, TrustedProxies.IsEmpty: true, TrustedProxy.AllowLoopback: false } =>
            NoProxies("exposure.trustedProxies lists nobody and auth.trustedProxy.allowLoopback is off"),
        _ => null,
    };

    /// <summary>Steps 2 to 4. With exposure local only a trusted proxy's word depends on the last hop; nobody else can be one.</summary>
    public static AccessDecision? FinalHop(AccessQuestion asked) => asked.Options switch
    {
        { Exposure: ExposureMode.Local, Auth: not AuthMode.TrustedProxy } => null,
        var options when options.Exposure.IsTunnel() => Tunnel(asked),
        _ => Proxy(asked),
    };

    private static Refused? Proxy(AccessQuestion asked) => asked.Evidence switch
    {
        { Place: RemotePlace.Loopback } => asked.Options.TrustedProxy.AllowLoopback ? null
            : Loopback("the connection came from loopback, and auth.trustedProxy.allowLoopback is off"),
        { Listing: ProxyListing.NotListed } => new Refused(RefusalCode.TrustedProxyUntrustedSource, "final-hop",
            $"{asked.Evidence.Remote?.Address} is not in exposure.trustedProxies"),
        { Listing: ProxyListing.Single } => null,
        { Place: RemotePlace.OwnInterface } => new Refused(RefusalCode.TrustedProxyLocalInterfaceSource, "final-hop",
            $"{asked.Evidence.Remote?.Address} is one of this host's own addresses, and exposure.trustedProxies lists it only within a range"),
        { Place: RemotePlace.Unlisted } => new Refused(RefusalCode.TrustedProxyLocalInterfaceCheckFailed, "final-hop",
            $"whether {asked.Evidence.Remote?.Address} is one of this host's own addresses could not be told"),
        _ => null,
    };

    /// <summary>The tunnel's agent is the last hop. It speaks for nobody, unless what it says is signed or the kernel says that it is the agent.</summary>
    private static Refused? Tunnel(AccessQuestion asked) => asked.Evidence.Place != RemotePlace.Loopback
        ? new Refused(RefusalCode.TrustedProxyUntrustedSource, "final-hop", $"{asked.Evidence.Remote?.Address} is not the tunnel's agent")
        : asked.Options is { Auth: AuthMode.TrustedProxy, TrustedProxy: { Assertion: null, ProxyUids.IsNone: true } }
            ? Loopback("any process of this machine could send the tunnel's headers; set auth.trustedProxy.proxyUids or auth.trustedProxy.assertion")
            : null;

    private static Refused NoProxies(string seen) => new(RefusalCode.TrustedProxyNoProxiesConfigured, "proxy-config", seen);

    private static Refused Loopback(string seen) => new(RefusalCode.TrustedProxyLoopbackSource, "final-hop", seen);
}
