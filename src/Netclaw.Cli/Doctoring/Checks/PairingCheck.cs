using System.Collections.Immutable;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Who is paired, who waits, and whether local devices get in by themselves, as the running daemon tells it.</summary>
internal sealed class PairingCheck : ICheck
{
    public string Id => "pairing";

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) =>
        await visit.StatusOrNullAsync(cancellation) is { } status
            ? Of(status.Registry)
            : CheckReport.Skipped(Id, $"{visit.Unasked}.");

    public static CheckReport Of(RegistryStatus registry)
    {
        ImmutableArray<DoctorFinding> findings =
        [
            .. registry.LocalPairing == LocalPairingResult.Suspended
                ? [new DoctorFinding("local_pairing_suspended", Severity.Warning,
                    "Exposure or auth mode changed since an operator last confirmed them: local devices are not paired without a prompt.", "netclaw devices auto-approve confirm", "pairing.autoApproveLocal")]
                : ImmutableArray<DoctorFinding>.Empty,
            .. registry.Pending > 0
                ? [new DoctorFinding("pairing_waits", Severity.Info, $"{Spoken.Count(registry.Pending, "request")} to be paired, undecided.", "netclaw devices list")]
                : ImmutableArray<DoctorFinding>.Empty,
        ];
        return CheckReport.Of("pairing", $"{registry.Paired} paired, {registry.Pending} pending, {registry.Revoked} revoked; local pairing {registry.LocalPairing ?? "unknown"}.", findings);
    }
}
