using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether every record is what was written and none is missing, and whether the running daemon still writes down what it acknowledges.</summary>
internal sealed class JournalCheck : ICheck
{
    private const string Restore = "netclaw backup restore <file>";

    private static readonly FindingKind Unreadable = new("journal_unreadable", Severity.Error, "A record, or the database, is not what was written; the place is named.", Restore);
    private static readonly FindingKind RolledBack = new("journal_rolled_back", Severity.Error, "The journal does not reach what the mark outside it has seen: it was lost or rolled back.", Restore);
    private static readonly FindingKind Failed = new("journal_failed", Severity.Error, "The running daemon could not write; sessions go on, and no pairing or revocation is taken.", FindingKind.AnyCommand);
    private static readonly FindingKind NotRead = new("journal_not_read", Severity.Warning, "Something of the journal could not be looked at.", "netclaw doctor --only journal");
    private static readonly FindingKind Odd = new("journal_odd", Severity.Warning, "A field that nothing reads is not as Netclaw writes it.", "netclaw explain journal_unreadable");
    private static readonly FindingKind MarkBehind = new("journal_mark_behind", Severity.Warning, "The mark outside the journal cannot be written: that the journal lost its end would not be noticed.", "ls -la \"$NETCLAW_HOME/keys\"");

    private static readonly string Unavailable = RefusalTable.For(RefusalCode.JournalUnavailable).Name;

    public string Id => "journal";

    public string Looks => "The journal and its snapshots: opens, tables as the daemon makes them, SQLite's own check, every record's chain and the signed head, last sequence, age and size; and that the running daemon writes.";

    public ImmutableArray<FindingKind> Kinds => [Unreadable, RolledBack, Failed, NotRead, Odd, MarkBehind, .. JournalFileFindings.Kinds];

    public Needs Needs => new(["records", "journal"], Status: true);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation)
    {
        var running = (await visit.StatusOrNullAsync(cancellation))?.Journal;
        if (await visit.ExaminationAsync(cancellation) is not { } seen)
        {
            return running is null ? CheckReport.Skipped(Id, $"{visit.Unexamined}.") : Of(running);
        }

        var records = seen.Required(seen.Records, "records");
        var report = Of(running, records, seen.Required(seen.Journal, "journal"), visit.Context.Time.GetUtcNow());
        return report.State == CheckState.Ok && !records.Checked ? CheckReport.Skipped(Id, report.Seen) : report;
    }

    /// <param name="running">Null: no daemon was asked.</param>
    /// <param name="records">Null: they were not read.</param>
    public static CheckReport Of(JournalStatus? running, JournalCheckReport? records = null, JournalFilesReport? files = null, DateTimeOffset now = default)
    {
        ImmutableArray<DoctorFinding> findings = [.. OfRecords(records), .. JournalFileFindings.Of(files, now), .. OfRunning(running)];
        return CheckReport.Of("journal", Seen(running, records, files, now), findings);
    }

    private static string Seen(JournalStatus? running, JournalCheckReport? records, JournalFilesReport? files, DateTimeOffset now) => (running, records) switch
    {
        ({ Healthy: false }, _) => $"{running.Provider} stopped at {running.Sequence}: nothing can be changed.",
        (_, { Sound: false, FirstBad: { } first }) => $"The first bad place: {first.Seen}.",
        (_, { Checked: true }) => string.Create(CultureInfo.InvariantCulture,
            $"{records.Provider}, {Spoken.Count((int)Math.Min(records.Chains.Sum(chain => chain.Records), int.MaxValue), "record")} read, at {records.Chains.Select(chain => chain.Last).DefaultIfEmpty().Max()}{JournalFileFindings.SizeAndAge(files, now)}."),
        ({ } status, _) => $"{status.Provider}, at {status.Sequence}.",
        _ => records?.Notes.FirstOrDefault() ?? "Nothing was looked at.",
    };

    private static IEnumerable<DoctorFinding> OfRecords(JournalCheckReport? records)
    {
        foreach (var fault in records?.Faults ?? [])
        {
            yield return (fault.Code == RolledBack.Id ? RolledBack : fault.Code == Unavailable ? NotRead : Unreadable).Found($"{fault.Seen}.");
        }

        foreach (var note in records is { Checked: true } ? records.Notes : [])
        {
            yield return NotRead.Found(note);
        }

        foreach (var oddity in records?.Oddities ?? [])
        {
            yield return Odd.Found($"A field that nothing reads is not as Netclaw writes it: {oddity}.");
        }
    }

    private static IEnumerable<DoctorFinding> OfRunning(JournalStatus? running)
    {
        if (running is { Healthy: false })
        {
            yield return Failed.Then($"A write failed ({running.Problem ?? "no cause given"}); live sessions go on, and no pairing or revocation is taken.", JournalTrouble.Remedy(running.Failure));
        }

        if (running is { MarkProblem: { } behind })
        {
            yield return MarkBehind.Found($"keys/gateway.json cannot be written ({behind}). Changes are kept all the same, but that the journal lost its end would not be noticed.");
        }
    }
}
