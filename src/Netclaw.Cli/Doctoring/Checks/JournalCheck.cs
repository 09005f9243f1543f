using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether every record is what was written and none is missing, and whether the running daemon still writes down what it acknowledges.</summary>
internal sealed class JournalCheck : ICheck
{
    public string Id => "journal";

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation)
    {
        var running = await visit.StatusOrNullAsync(cancellation);
        return Of(running?.Journal, await visit.JournalAsync(cancellation));
    }

    /// <param name="running">Null: no daemon was asked.</param>
    /// <param name="records">Null: they were not read.</param>
    public static CheckReport Of(JournalStatus? running, JournalCheckReport? records = null)
    {
        if (running is null && records is not { Checked: true })
        {
            return CheckReport.Skipped("journal", records?.Notes.FirstOrDefault() ?? "nothing was looked at.");
        }

        ImmutableArray<DoctorFinding> findings = [.. OfRecords(records), .. OfRunning(running)];
        return CheckReport.Of("journal", Seen(running, records), findings);
    }

    private static string Seen(JournalStatus? running, JournalCheckReport? records) => (running, records) switch
    {
        ({ Healthy: false }, _) => $"{running.Provider} stopped at {running.Sequence}: nothing can be changed.",
        (_, { Sound: false, FirstBad: { } first }) => $"The first bad place: {first.Seen}.",
        (_, { Checked: true }) => string.Create(CultureInfo.InvariantCulture,
            $"{records.Provider}, {Spoken.Count((int)Math.Min(records.Chains.Sum(chain => chain.Records), int.MaxValue), "record")} read, at {records.Chains.Select(chain => chain.Last).DefaultIfEmpty().Max()}."),
        _ => $"{running?.Provider}, at {running?.Sequence}.",
    };

    private static IEnumerable<DoctorFinding> OfRecords(JournalCheckReport? records)
    {
        foreach (var fault in records?.Faults ?? [])
        {
            yield return new DoctorFinding(fault.Code, Severity.Error, $"{fault.Seen}.", "netclaw backup restore <file>");
        }

        foreach (var note in records is { Checked: true } ? records.Notes : [])
        {
            yield return new DoctorFinding("journal_not_read", Severity.Warning, note, "netclaw doctor --only journal");
        }

        foreach (var oddity in records?.Oddities ?? [])
        {
            yield return new DoctorFinding("journal_odd", Severity.Warning, $"A field that nothing reads is not as Netclaw writes it: {oddity}.", "netclaw explain journal_unreadable");
        }
    }

    private static IEnumerable<DoctorFinding> OfRunning(JournalStatus? running)
    {
        if (running is { Healthy: false })
        {
            yield return new DoctorFinding(
                "journal_failed", Severity.Error, $"A write failed ({running.Problem ?? "no cause given"}); live sessions go on, and no pairing or revocation is taken.", "netclaw logs");
        }

        if (running is { MarkProblem: { } behind })
        {
            yield return new DoctorFinding(
                "journal_mark_behind", Severity.Warning,
                $"keys/gateway.json cannot be written ({behind}). Changes are kept all the same, but that the journal lost its end would not be noticed.", "ls -la \"$NETCLAW_HOME/keys\"");
        }
    }
}
