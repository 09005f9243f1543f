using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>What a probe of the proxy in front carries: one upgrade request to the hub that claims what only a proxy may say.</summary>
public static class ProxyProbe
{
    /// <summary>Header that names the probe; without a live id in it a request is an ordinary one.</summary>
    public const string Header = "Netclaw-Probe";

    /// <summary>Stands in every claim that is not an address.</summary>
    public const string Decoy = "netclaw-decoy";

    /// <summary>The address that the claims name: one that nobody has (RFC 5737).</summary>
    public const string DecoyAddress = "203.0.113.66";

    /// <summary>The gateway's first and only message on the probe's WebSocket.</summary>
    public const string Greeting = "netclaw-probe";

    /// <summary>Whether a value is one of the probe's own claims, or has one in it.</summary>
    public static bool IsDecoy(string value) =>
        value.Contains(Decoy, StringComparison.OrdinalIgnoreCase) || value.Contains(DecoyAddress, StringComparison.Ordinal);
}

/// <summary>Method <c>proxy.probe.begin</c>: a probe that one request may use.</summary>
/// <param name="Id">Names the probe in <see cref="ProxyProbe.Header"/>; good once.</param>
/// <param name="Url">Where other devices reach the gateway; absent: <paramref name="UrlProblem"/> says what is missing.</param>
public sealed record ProbeBeginResult(string Id, int ExpiresInMs, ProbeSettings Settings, string? Url = null, string? UrlProblem = null)
{
    public const string Method = "proxy.probe.begin";
}

/// <summary>What the gateway expects of a proxy.</summary>
/// <param name="TrustedProxies">Addresses and ranges.</param>
/// <param name="LoopbackUser">Whether an internal client on loopback is let in without a header.</param>
public sealed record ProbeSettings(
    string Exposure, string AuthMode, ImmutableArray<string> TrustedProxies, ImmutableArray<string> RequiredHeaders, bool AllowLoopback, bool LoopbackUser,
    string? UserHeader = null, string? AssertionHeader = null);

/// <summary>Parameters of <c>proxy.probe.result</c>.</summary>
public sealed record ProbeResultParams(string Id)
{
    public const string Method = "proxy.probe.result";
}

/// <summary>What became of a probe.</summary>
/// <param name="Arrived">Absent: no request with this id has come.</param>
public sealed record ProxyProbeResult(ProbeArrival? Arrived = null);

/// <summary>The probe's request as the gateway received it.</summary>
/// <param name="HttpVersion">HTTP/1.0 or HTTP/1.1.</param>
/// <param name="Upgrade">It asked for a WebSocket in a way that can be granted.</param>
/// <param name="Remote">The last hop.</param>
/// <param name="Place">elsewhere, loopback, own-interface or unlisted.</param>
/// <param name="Client">Whom limits and logs would name; absent: the last hop.</param>
/// <param name="LastHop">Why the gateway would refuse the last hop; absent: it would not.</param>
/// <param name="Decision">Auth mode trusted-proxy: what the gateway would answer to this request.</param>
public sealed record ProbeArrival(
    string Path, string HttpVersion, bool Upgrade, string Remote, string Place, bool HostAllowed, ImmutableArray<ProbeHeader> Headers,
    string? Client = null, ProbeVerdict? LastHop = null, ProbeVerdict? Decision = null);

/// <param name="Decoy">The value is, or holds, one of the probe's own claims.</param>
/// <param name="Value">Only of headers that hold no secret: Host, Connection, Upgrade, the forwarding headers, the user header.</param>
public sealed record ProbeHeader(string Name, bool Decoy, string? Value = null);

/// <param name="Code">A refusal's code, or <c>ok</c>.</param>
public sealed record ProbeVerdict(string Code, string Seen);
