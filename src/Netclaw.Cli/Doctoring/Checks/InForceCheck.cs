using System.Collections.Immutable;
using Netclaw.Cli.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>
/// The running daemon trusts what netclaw.json said when it started. What it holds to and the file no longer says is a finding here; what both say is
/// the configuration's.
/// </summary>
internal sealed class InForceCheck : ICheck
{
    private const string Restart = "netclaw daemon stop && netclaw daemon start";

    private static readonly FindingKind Doubt = new(ConfigurationCheck.AnyWarning, Severity.Warning, "The running daemon goes by a setting that netclaw.json does not have any more.", Restart);
    private static readonly FindingKind Trust = new("opt_in_outdated", Severity.Warning, "The running daemon trusts what netclaw.json does not trust any more.", Restart);

    public string Id => "in-force";

    public string Looks => "What the running daemon started with, against what netclaw.json says now.";

    public ImmutableArray<FindingKind> Kinds => [Doubt, Trust];

    public Needs Needs => new(["configuration"], Status: true);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation)
    {
        if (await visit.StatusOrNullAsync(cancellation) is not { } status)
        {
            return CheckReport.Skipped(Id, $"{visit.Unasked}.");
        }

        if (status.Notices is not { } notices)
        {
            return CheckReport.Skipped(Id, "this daemon is of a version that does not tell.");
        }

        return await visit.ExaminationAsync(cancellation) is { } seen
            ? Of(notices, seen.Required(seen.Configuration, "configuration"))
            : CheckReport.Skipped(Id, $"{visit.Unexamined}.");
    }

    public static CheckReport Of(StartNotices running, ConfigCheckReport file)
    {
        var warned = file.Warnings.Select(warning => (warning.Id, warning.Key)).ToHashSet();
        var trusted = file.OptIns.Select(optIn => (StartNotices.Bounded(optIn.Key), (string?)StartNotices.Bounded(optIn.Value))).ToHashSet();
        ImmutableArray<DoctorFinding> findings =
        [
            .. running.Warnings.Where(warning => !warned.Contains((warning.Id, warning.Key))).Select(warning => Found(warning.Id, warning)),
            .. running.OptIns.Where(optIn => !trusted.Contains((optIn.Key, optIn.Value))).Select(optIn => Found("opt_in_outdated", optIn)),
        ];
        return CheckReport.Of("in-force", findings.IsEmpty ? "the running daemon has no warning or opt-in that netclaw.json does not have." : "the running daemon goes by an earlier netclaw.json.", findings);
    }

    private static DoctorFinding Found(string id, StartNotice notice) => new(
        id, Severity.Warning, $"In force in the running daemon, and no longer in netclaw.json: {notice.Message}", Restart, notice.Key, notice.Value);
}
