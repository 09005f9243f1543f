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

    public static CheckReport Of(JournalStatus journal) => journal.Healthy
        ? CheckReport.Ok("journal", $"{journal.Provider}, at {journal.Sequence}.")
        : CheckReport.Of("journal", $"{journal.Provider} stopped at {journal.Sequence}: nothing can be changed.", new DoctorFinding(
            "journal_failed", Severity.Error, $"A write failed ({journal.Problem ?? "no cause given"}); live sessions go on, and no pairing or revocation is taken.", "netclaw logs"));
}
