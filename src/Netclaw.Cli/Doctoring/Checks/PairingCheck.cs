using System.Collections.Immutable;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Who is paired, who waits, and whether local devices get in by themselves, as the running daemon tells it.</summary>
internal sealed class PairingCheck : ICheck
{
    private static readonly FindingKind Suspended = new(
        "local_pairing_suspended", Severity.Warning, "Exposure or auth mode changed since an operator last confirmed them.", "netclaw devices auto-approve confirm");

    private static readonly FindingKind Waits = new("pairing_waits", Severity.Info, "Requests to be paired, undecided.", "netclaw devices list");

    public string Id => "pairing";

    public string Looks => "Paired devices, waiting requests, and whether local devices are paired without a prompt, as the running daemon tells it.";

    public ImmutableArray<FindingKind> Kinds => [Suspended, Waits];

    public Needs Needs => new([], Status: true);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) =>
        await visit.StatusOrNullAsync(cancellation) is { } status
            ? Of(status.Registry)
            : CheckReport.Skipped(Id, $"{visit.Unasked}.");

    public static CheckReport Of(RegistryStatus registry)
    {
        ImmutableArray<DoctorFinding> findings =
        [
            .. registry.LocalPairing == LocalPairingResult.Suspended
                ? [Suspended.Found("Exposure or auth mode changed since an operator last confirmed them: local devices are not paired without a prompt.") with { Key = "pairing.autoApproveLocal" }]
                : ImmutableArray<DoctorFinding>.Empty,
            .. registry.Pending > 0
                ? [Waits.Found($"{Spoken.Count(registry.Pending, "request")} to be paired, undecided.")]
                : ImmutableArray<DoctorFinding>.Empty,
        ];
        return CheckReport.Of("pairing", $"{registry.Paired} paired, {registry.Pending} pending, {registry.Revoked} revoked; local pairing {registry.LocalPairing ?? "unknown"}.", findings);
    }
}
