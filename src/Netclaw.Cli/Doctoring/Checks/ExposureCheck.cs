using System.Collections.Immutable;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>How the gateway is meant to be reached from outside, whether that can work, and whether the running daemon goes by it.</summary>
internal sealed class ExposureCheck : ICheck
{
    private static readonly FindingKind Unreachable = new(
        "proxy_unreachable", Severity.Error, "The gateway listens on loopback only, and every proxy that it trusts is elsewhere: nobody can come in.", "netclaw config show");

    private static readonly FindingKind Outdated = new(
        "exposure_outdated", Severity.Warning, "The running daemon serves by another exposure or auth mode than netclaw.json says now.", "netclaw daemon stop && netclaw daemon start");

    private static readonly FindingKind Unproven = new("proxy_unproven", Severity.Info, "Something stands in front of the gateway; what it does is seen only by a request through it.", "netclaw doctor proxy");

    public string Id => "exposure";

    public string Looks => "Exposure and auth mode, the listener against the trusted proxies, and what the running daemon goes by.";

    public ImmutableArray<FindingKind> Kinds => [Unreachable, Outdated, Unproven];

    public Needs Needs => new(["exposure"], Status: true);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => await visit.ExaminationAsync(cancellation) is { } seen
        ? Of(seen.Required(seen.Exposure, "exposure"), (await visit.StatusOrNullAsync(cancellation))?.Gateway)
        : CheckReport.Skipped(Id, $"{visit.Unexamined}.");

    private CheckReport Of(ExposureReport exposure, GatewayStatus? running)
    {
        ImmutableArray<DoctorFinding> findings =
        [
            .. exposure.ProxiesReachable ? [] : (ReadOnlySpan<DoctorFinding>)
                [Unreachable.Found($"exposure.trustedProxies names no address of loopback, and the gateway listens on {exposure.Listen} only.") with { Key = "listen.address" }],
            .. running is null || (running.Exposure == exposure.Mode && running.AuthMode == exposure.AuthMode) ? [] : (ReadOnlySpan<DoctorFinding>)
                [Outdated.Found($"The running daemon serves {running.Exposure} with {running.AuthMode}; netclaw.json says {exposure.Mode} with {exposure.AuthMode}.") with { Key = "exposure.mode" }],
            .. exposure.Mode == "local" ? [] : (ReadOnlySpan<DoctorFinding>)
                [Unproven.Found($"The gateway is reached by {exposure.Mode}{(exposure.ExternalUrl is { } url ? $" at {url}" : "")}; whether that passes on what it should is seen by a request through it.")],
        ];
        var front = exposure.Mode == "reverse-proxy" ? $", {Spoken.Count(exposure.Proxies, "trusted network")}" : "";
        return CheckReport.Of(Id, $"{exposure.Mode} with {exposure.AuthMode} on {exposure.Listen}{front}.", findings);
    }
}
