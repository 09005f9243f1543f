using System.Collections.Immutable;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>exposure</c>: how the gateway is reached from outside (trust.md section 2).</summary>
public sealed class ExposureOptions
{
    private static readonly ImmutableArray<(string, ExposureMode)> Modes = [.. Enum.GetValues<ExposureMode>().Select(mode => (mode.Name(), mode))];

    /// <summary>Default <c>local</c>: this machine only.</summary>
    public ExposureMode Mode { get; init; } = ExposureMode.Local;

    public string ModeName => Mode.Name();

    /// <summary>
    /// The http or https url under which other machines reach the gateway: pairing instructions name it, and its host and origin are
    /// admitted. Default none: instructions name the bound address.
    /// </summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>Proxies that may stand in front, as the last hop. Default none; wider than need be lets strangers pose as the proxy.</summary>
    public NetworkSet TrustedProxies { get; init; } = NetworkSet.Empty;

    /// <summary>Start although the tunnel's agent does not run on this machine. Default false: a tunnel without an agent serves nobody.</summary>
    public bool SkipTunnelProcessCheck { get; init; }

    /// <summary>Further names that a Host header may name. Default none; too many lets a page rebind one of them.</summary>
    public ImmutableArray<HostHeader> Hosts { get; init; } = [];

    /// <summary>Further origins whose pages may connect, exactly as browsers send them. Default none.</summary>
    public ImmutableArray<WebOrigin> Origins { get; init; } = [];

    internal static ExposureOptions Read(ConfigSection section)
    {
        var options = new ExposureOptions
        {
            Mode = section.Read("mode", ExposureMode.Local, new ChoiceForm<ExposureMode>("There is no such exposure mode.", Modes), "How the gateway is reached from outside."),
            ExternalUrl = section.Optional("externalUrl", Forms.HttpUrl, "The url under which other machines reach the gateway; pairing instructions name it, its host and origin are admitted."),
            TrustedProxies = section.Read("trustedProxies", NetworkSet.Empty, Forms.Networks, "Proxies that may stand in front, as the last hop; addresses or ranges."),
            SkipTunnelProcessCheck = section.Read("skipTunnelProcessCheck", false, FlagForm.Any, "Start although the tunnel's agent (tailscaled, cloudflared) is not seen running here."),
            Hosts = section.Read("hosts", [], Forms.HostNames, "Further names that a Host header may name; with a port, at that port alone."),
            Origins = section.Read("origins", [], Forms.Origins, "Further origins whose pages may connect, exactly as browsers send them."),
        };
        section.RejectUnknown();
        return options;
    }
}
