using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>A probe and all that came of it.</summary>
/// <param name="Arrived">Null: nothing arrived at the gateway.</param>
internal sealed record ProbeOutcome(Uri Url, bool WithPassword, ProbeSettings Settings, ProbeAnswer Answer, ProbeArrival? Arrived)
{
    public string? Proxy => ProxyKind.Of(Answer, Arrived);

    public bool ProxyNamesUsers => Settings is { AuthMode: "trusted-proxy", UserHeader: not null, AssertionHeader: null };

    /// <summary>The Host that an unaltered request has.</summary>
    public string Authority => Url.IsDefaultPort ? Url.IdnHost : Url.Authority;
}

/// <summary>What is wrong with the way to the gateway, from one probe. Pure. Errors first.</summary>
internal static class ProxyFindings
{
    public static ImmutableArray<ProxyFinding> Of(ProbeOutcome outcome)
    {
        if (outcome.Arrived is not { } arrived)
        {
            return [NothingArrived.Of(outcome)];
        }

        IEnumerable<ProxyFinding> found = BytesOnly.Is(outcome, arrived)
            ? [BytesOnly.Finding(outcome), .. WayFindings.Of(outcome, arrived)]
            : [.. WayFindings.Of(outcome, arrived), .. IdentityFindings.Of(outcome, arrived), .. ForwardingFindings.Of(outcome, arrived)];
        var all = found.OrderByDescending(finding => finding.Severity).ToImmutableArray();

        // A twin that came through makes the gateway refuse the probe; clients that claim nothing fare better.
        return all.Any(finding => finding.Severity == Severity.Error || finding.Id == IdentityFindings.TwinId) || arrived.Decision is not { Code: not "ok" } decision
            ? all
            : [new ProxyFinding("request_refused", Severity.Error, $"The gateway would refuse this request with {decision.Code}: {decision.Seen}.",
                ProxyRemedies.Command($"netclaw explain {decision.Code}")), .. all];
    }
}
