using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Offline;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Examining;

/// <param name="Provider">sqlite or postgresql; of the latter nothing else is told, its server is its administrator's.</param>
/// <param name="Problem">Why it could not be read at all.</param>
/// <param name="Damage">What SQLite's own check found, first things first.</param>
/// <param name="Schema">Tables and columns that are not as the daemon lays them out.</param>
/// <param name="Last">The highest sequence of each persistent actor.</param>
/// <param name="NewestMs">When the newest record was written, Unix time.</param>
/// <param name="Bytes">Of the database; its write-ahead log apart.</param>
internal sealed record JournalSeen(
    string Provider, string? File, bool Exists, string? Problem, ImmutableArray<string> Damage, ImmutableArray<string> Schema, long Records, ImmutableArray<LastRecord> Last,
    long? NewestMs, long Bytes, long LogBytes, SnapshotsSeen? Snapshots);

internal sealed record LastRecord(string PersistenceId, long Sequence);

/// <param name="Problem">Why they could not be read; they can be made again.</param>
internal sealed record SnapshotsSeen(string File, bool Exists, string? Problem, ImmutableArray<LastRecord> Last, long? NewestMs);

/// <summary>The journal's files: whether they open, what SQLite finds wrong with them, whether they have the daemon's tables, and how far they go.</summary>
internal sealed class JournalSection : IExamineSection
{
    public string Name => "journal";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(
        examination.Options.Persistence.UsesPostgres ? Elsewhere : Of(examination.Home), OfflineJson.Readable.JournalSeen);

    private static JournalSeen Elsewhere => new(PersistenceOptions.PostgreSql, null, true, null, [], [], 0, [], null, 0, 0, null);

    private static JournalSeen Of(NetclawHome home)
    {
        var file = home.JournalDatabase;
        var seen = new JournalSeen(
            PersistenceOptions.Sqlite, file, FileFacts.OfPath(file) is not null, null, [], [], 0, [], null, Length(file), Length(file + "-wal"), Snapshots(home.SnapshotDatabase));
        return !seen.Exists ? seen : SqliteLook.At(file, journal =>
        {
            var schema = JournalTables.Missing(journal, JournalTables.Journal);
            return schema.IsEmpty
                ? seen with
                {
                    Damage = journal.Check(),
                    Records = journal.Number("SELECT COUNT(*) FROM journal") ?? 0,
                    Last = Last(journal, "journal"),
                    NewestMs = Milliseconds(journal.Number("SELECT MAX(created) FROM journal")),
                }
                : seen with { Damage = journal.Check(), Schema = schema };
        }) is (var read, var problem) && read is not null ? read : seen with { Problem = problem };
    }

    private static SnapshotsSeen Snapshots(string file)
    {
        var seen = new SnapshotsSeen(file, FileFacts.OfPath(file) is not null, null, [], null);
        return !seen.Exists ? seen : SqliteLook.At(file, snapshots => JournalTables.Missing(snapshots, JournalTables.Snapshots) is { IsEmpty: false } schema
            ? seen with { Problem = schema[0] }
            : snapshots.Check() is { IsEmpty: false } damage
            ? seen with { Problem = damage[0] }
            : seen with { Last = Last(snapshots, "snapshot"), NewestMs = Milliseconds(snapshots.Number("SELECT MAX(created) FROM snapshot")) }) is (var read, var problem) && read is not null
            ? read
            : seen with { Problem = problem };
    }

    private static ImmutableArray<LastRecord> Last(SqliteLook database, string table) =>
        [.. database.Rows($"SELECT persistence_id, MAX(sequence_number) FROM {table} GROUP BY persistence_id ORDER BY persistence_id").Select(row => new LastRecord(row.Text, row.Number))];

    /// <summary>Events and snapshots carry ticks.</summary>
    private static long? Milliseconds(long? ticks) => ticks is { } at and > 0 ? (at - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond : null;

    private static long Length(string path) => FileFacts.OfPath(path) is { } facts ? (long)facts.Size : 0;
}
