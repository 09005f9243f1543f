namespace Netclaw.Actors.Trust;

/// <summary>How the gateway is reached from outside (trust.md section 2).</summary>
public enum ExposureMode
{
    /// <summary>This machine only.</summary>
    Local,
    ReverseProxy,
    TailscaleServe,
    TailscaleFunnel,
    CloudflareTunnel,
}

/// <summary>What the modes have in common.</summary>
public static class ExposureModes
{
    /// <summary>A tunnel's agent runs on this machine and delivers the Internet from loopback.</summary>
    public static bool IsTunnel(this ExposureMode mode) =>
        mode is ExposureMode.TailscaleServe or ExposureMode.TailscaleFunnel or ExposureMode.CloudflareTunnel;

    /// <summary>As netclaw.json and people write it.</summary>
    public static string Name(this ExposureMode mode) => mode switch
    {
        ExposureMode.Local => "local",
        ExposureMode.ReverseProxy => "reverse-proxy",
        ExposureMode.TailscaleServe => "tailscale-serve",
        ExposureMode.TailscaleFunnel => "tailscale-funnel",
        ExposureMode.CloudflareTunnel => "cloudflare-tunnel",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no such exposure mode"),
    };
}
