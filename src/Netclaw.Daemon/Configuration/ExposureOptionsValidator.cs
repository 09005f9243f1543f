using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Tunnels;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Who may stand in front, and whether the tunnel is there (trust.md section 2).</summary>
/// <param name="auth">A trusted proxy needs proxies in every exposure mode.</param>
public sealed class ExposureOptionsValidator(AuthOptions auth, IRunningPrograms programs) : ConfigValidator<ExposureOptions>
{
    private const string Proxies = "exposure.trustedProxies";

    private readonly bool _allowsLoopback = auth.TrustedProxy.AllowLoopback;

    public override IEnumerable<ConfigProblem> Check(ExposureOptions options) =>
    [
        .. MissingProxies(options),
        .. UsesProxies(options) ? options.TrustedProxies.Networks.SelectMany(Range) : [],
        .. MissingAgent(options),
    ];

    /// <summary>With exposure <c>local</c> the list is unused, unless a proxy on this machine authenticates people.</summary>
    private bool UsesProxies(ExposureOptions options) => options.Mode != ExposureMode.Local || auth.Mode == AuthMode.TrustedProxy;

    private IEnumerable<ConfigProblem> MissingProxies(ExposureOptions options)
    {
        var needed = options.Mode == ExposureMode.ReverseProxy || (options.Mode == ExposureMode.Local && auth.Mode == AuthMode.TrustedProxy && !_allowsLoopback);
        if (needed && options.TrustedProxies.IsEmpty)
        {
            var code = RefusalTable.NameOf(RefusalCode.TrustedProxyNoProxiesConfigured);
            yield return new ConfigProblem(Proxies, null, $"The gateway does not know its proxy, so nobody could come through it ({code}).",
                options.Mode == ExposureMode.ReverseProxy
                    ? "Write the address that the proxy connects from, for example [\"10.0.0.7\"]."
                    : "Set auth.trustedProxy.allowLoopback to true if the proxy runs on this machine; else write exposure.mode \"reverse-proxy\" and the proxy's address.");
        }
    }

    private IEnumerable<ConfigProblem> Range(IPNetwork network)
    {
        if (NetworkWidth.IsTooWide(network))
        {
            yield return new ConfigProblem(Proxies, network.ToString(), "This range is so wide that strangers could pose as the proxy.", NetworkWidth.Remedy);
        }

        if (!_allowsLoopback && NetworkWidth.HoldsLoopback(network))
        {
            yield return new ConfigProblem(Proxies, network.ToString(), "This range holds loopback, and any process of this machine could pose as the proxy.",
                "Write the proxy's own address. If the proxy runs on this very machine, set auth.trustedProxy.allowLoopback to true.");
        }
    }

    private IEnumerable<ConfigProblem> MissingAgent(ExposureOptions options)
    {
        if (TunnelAgent.Of(options.Mode) is { } agent && !options.SkipTunnelProcessCheck && programs.Runs(agent) != true)
        {
            yield return new ConfigProblem("exposure.mode", options.ModeName, $"{agent} does not run on this machine, as far as can be seen.",
                $"Start {agent}. If it runs where this process cannot see it (another container), set exposure.skipTunnelProcessCheck to true.");
        }
    }
}
