using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Cli.Output;

namespace Netclaw.Cli.Doctoring;

/// <summary>What the journal's files tell from outside their records: tables, snapshots, size.</summary>
internal static class JournalFileFindings
{
    /// <summary>A start reads every record since the snapshot.</summary>
    private const long ManyRecords = 20_000;

    private const long LargeBytes = 1L << 30;

    /// <summary>The daemon writes its log back at 16 MB; one that stays this large is held open by a reader.</summary>
    private const long LargeLogBytes = 256L << 20;

    private const string Restart = "netclaw daemon stop && netclaw daemon start";

    private static readonly FindingKind Schema = new("journal_schema", Severity.Error, "A table or column of the journal is missing: another program's file, or another version's.", "ls -la <path>");
    private static readonly FindingKind SnapshotUnreadable = new("snapshot_unreadable", Severity.Warning, "The snapshots cannot be read; they are made again from the records, by a longer start.", "ls -la <path>");
    private static readonly FindingKind SnapshotOld = new("snapshot_old", Severity.Warning, "Many records were written since the newest snapshot: the next start takes long. An orderly stop makes one.", Restart);
    private static readonly FindingKind Large = new("journal_large", Severity.Warning, "The journal is larger than 1 GiB.", "du -h <path>");
    private static readonly FindingKind LogLarge = new("journal_log_large", Severity.Warning, "The journal's write-ahead log is not written back: something keeps an old reading open.", Restart);

    public static ImmutableArray<FindingKind> Kinds { get; } = [Schema, SnapshotUnreadable, SnapshotOld, Large, LogLarge];

    /// <summary>How much room the journal takes and how old the newest snapshot is, as the end of a sentence. Empty where the journal is not in files.</summary>
    public static string SizeAndAge(JournalFilesReport? files, DateTimeOffset now) => files?.Journal is { } journal
        ? string.Create(CultureInfo.InvariantCulture, $", {KibiBytes(journal)} KiB; {Snapshot(files.Snapshots, now)}")
        : "";

    private static string Snapshot(DatabaseFileReport? snapshots, DateTimeOffset now) => snapshots switch
    {
        { NewestMs: { } newest } => string.Create(CultureInfo.InvariantCulture, $"newest snapshot {Spoken.Ago(newest, now)}, {KibiBytes(snapshots)} KiB"),
        { Problem: not null } => "the snapshots cannot be read",
        _ => "no snapshot yet",
    };

    private static long KibiBytes(DatabaseFileReport file) => (file.Bytes + file.LogBytes + 1023) >> 10;

    public static IEnumerable<DoctorFinding> Of(JournalFilesReport? files, DateTimeOffset now)
    {
        if (files?.Journal is not { Exists: true } journal)
        {
            yield break;
        }

        // A start that was cut short leaves an empty file; the next one makes its tables.
        if (!journal.Schema.IsEmpty && journal.Bytes + journal.LogBytes > 0)
        {
            yield return Schema.At($"{journal.File} is not laid out as Netclaw does it: {string.Join("; ", journal.Schema)}.", journal.File);
        }

        if (journal.Bytes > LargeBytes)
        {
            yield return Large.At($"{journal.File} has {journal.Bytes >> 20} MiB.", journal.File);
        }

        if (journal.LogBytes > LargeLogBytes)
        {
            yield return LogLarge.Found($"{journal.File}-wal has {journal.LogBytes >> 20} MiB.");
        }

        foreach (var finding in files.Snapshots is { Exists: true, Bytes: > 0 } snapshots ? OfSnapshots(journal, snapshots, now) : [])
        {
            yield return finding;
        }
    }

    private static IEnumerable<DoctorFinding> OfSnapshots(DatabaseFileReport journal, DatabaseFileReport snapshots, DateTimeOffset now)
    {
        if (snapshots.Problem is { } problem)
        {
            yield return SnapshotUnreadable.At($"{problem}.", snapshots.File);
        }
        else if (!snapshots.Schema.IsEmpty)
        {
            yield return SnapshotUnreadable.At($"{snapshots.File} is not laid out as Netclaw does it: {string.Join("; ", snapshots.Schema)}.", snapshots.File);
        }
        else
        {
            foreach (var last in journal.Last)
            {
                var since = last.Sequence - (snapshots.Last.FirstOrDefault(each => each.PersistenceId == last.PersistenceId)?.Sequence ?? 0);
                if (since > ManyRecords)
                {
                    yield return SnapshotOld.Found(string.Create(CultureInfo.InvariantCulture, $"{since} records of {last.PersistenceId} are not in a snapshot; {Snapshot(snapshots, now)}."));
                }
            }
        }
    }
}
