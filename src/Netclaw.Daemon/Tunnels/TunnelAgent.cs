using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Tunnels;

/// <summary>The program that delivers a tunnel's connections from loopback.</summary>
internal static class TunnelAgent
{
    /// <summary>Null: the mode has no tunnel.</summary>
    public static string? Of(ExposureMode mode) => mode switch
    {
        ExposureMode.TailscaleServe or ExposureMode.TailscaleFunnel => "tailscaled",
        ExposureMode.CloudflareTunnel => "cloudflared",
        ExposureMode.Local or ExposureMode.ReverseProxy => null,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no such exposure mode"),
    };
}
