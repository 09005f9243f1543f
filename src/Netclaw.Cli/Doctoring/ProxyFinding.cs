using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    /// <summary>As it should be; told because it must not be forgotten.</summary>
    [JsonStringEnumMemberName("info")]
    Info,

    /// <summary>It works, and somebody will be surprised one day.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>It does not work, or lets a client be whom it likes.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}

/// <summary>One thing that is wrong with the way to the gateway.</summary>
/// <param name="Id">Stable, snake_case.</param>
/// <param name="Seen">What was seen and what it means, in a sentence.</param>
/// <param name="Fix">Where to change what; one for each proxy that it might be.</param>
internal sealed record ProxyFinding(string Id, Severity Severity, string Seen, ImmutableArray<ProxyFix> Fix);

/// <param name="Where">nginx, Caddy, HAProxy, netclaw.json or the command line.</param>
/// <param name="Line">To write there.</param>
internal sealed record ProxyFix(string Where, string Line);

/// <param name="Proxy">Which proxy it is, as far as can be told.</param>
/// <param name="Arrived">The request as the gateway received it; absent when it did not.</param>
internal sealed record ProxyReport(string Url, string? Proxy, bool Healthy, ImmutableArray<ProxyFinding> Findings, ProbeArrival? Arrived);
