using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether the running daemon still writes down what it acknowledges.</summary>
internal sealed class JournalCheck : ICheck
{
    public string Id => "journal";

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) =>
        await visit.StatusOrNullAsync(cancellation) is { } status
            ? Of(status.Journal)
            : CheckReport.Skipped(Id, $"{visit.Unasked}.");

    public static CheckReport Of(JournalStatus journal) => journal switch
    {
        { Healthy: true, MarkProblem: { } behind } => CheckReport.Of("journal", $"{journal.Provider}, at {journal.Sequence}; the mark outside it is behind.", new DoctorFinding(
            "journal_mark_behind", Severity.Warning, $"keys/gateway.json cannot be written ({behind}). Changes are kept all the same, but that the journal lost its end would not be noticed.",
            "ls -la \"$NETCLAW_HOME/keys\"")),
        { Healthy: true } => CheckReport.Ok("journal", $"{journal.Provider}, at {journal.Sequence}."),
        _ => CheckReport.Of("journal", $"{journal.Provider} stopped at {journal.Sequence}: nothing can be changed.", new DoctorFinding(
            "journal_failed", Severity.Error, $"A write failed ({journal.Problem ?? "no cause given"}); live sessions go on, and no pairing or revocation is taken.", "netclaw logs")),
    };
}
