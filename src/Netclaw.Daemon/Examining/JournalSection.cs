using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Offline;
using Netclaw.Protocol;
using SQLitePCL;

namespace Netclaw.Daemon.Examining;

/// <param name="Provider">sqlite or postgresql; of the latter nothing else is told, its server is its administrator's.</param>
/// <param name="Journal">Null: it is not in files.</param>
internal sealed record JournalSeen(string Provider, FileSeen? Journal = null, FileSeen? Snapshots = null);

/// <summary>One database file of the two.</summary>
/// <param name="Problem">Why it could not be read at all.</param>
/// <param name="Schema">Tables and columns that are not as the daemon lays them out.</param>
/// <param name="Last">The highest sequence of each persistent actor.</param>
/// <param name="NewestMs">When the newest row was written, Unix time.</param>
/// <param name="Bytes">Of the database; its write-ahead log apart.</param>
internal sealed record FileSeen(
    string File, bool Exists, string? Problem, ImmutableArray<string> Schema, ImmutableArray<LastRow> Last, long? NewestMs, long Bytes, long LogBytes);

internal sealed record LastRow(string PersistenceId, long Sequence);

/// <summary>The journal's files: whether they open, whether they have the daemon's tables, how far they go, how large they are. What the records are worth is told by <see cref="RecordsSection"/>.</summary>
internal sealed class JournalSection : IExamineSection
{
    public string Name => "journal";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(
        examination.Options.Persistence.UsesPostgres ? new JournalSeen(PersistenceOptions.PostgreSql) : Of(examination.Home), OfflineJson.Readable.JournalSeen);

    private static JournalSeen Of(NetclawHome home) => new(
        PersistenceOptions.Sqlite, Of(home.JournalDatabase, "journal", JournalTables.Journal), Of(home.SnapshotDatabase, "snapshot", JournalTables.Snapshots));

    private static FileSeen Of(string file, string table, ImmutableArray<(string Table, ImmutableArray<string> Columns)> tables)
    {
        var seen = new FileSeen(file, FileFacts.OfPath(file) is not null, null, [], [], null, Length(file), Length(file + "-wal"));
        if (!seen.Exists)
        {
            return seen;
        }

        try
        {
            return Read(seen, table, tables, asItLies: true) ?? Read(seen, table, tables, asItLies: false) ?? seen;
        }
        catch (JournalRowsException unread)
        {
            return seen with { Problem = unread.Message };
        }
    }

    /// <returns>Null: somebody began to use the file meanwhile.</returns>
    private static FileSeen? Read(FileSeen seen, string table, ImmutableArray<(string Table, ImmutableArray<string> Columns)> tables, bool asItLies)
    {
        using var view = SqliteView.Open(seen.File, asItLies);
        if (view is null)
        {
            return seen with { Exists = false };
        }

        var read = JournalTables.Missing(view, tables) is { IsEmpty: false } schema ? seen with { Schema = schema } : seen with
        {
            Last = [.. view.Rows($"SELECT persistence_id, MAX(sequence_number) FROM {table} GROUP BY persistence_id ORDER BY persistence_id",
                static row => new LastRow(SqliteView.Text(row, 0), raw.sqlite3_column_int64(row, 1)))],
            NewestMs = Milliseconds(view.Rows($"SELECT MAX(created) FROM {table}", static row => raw.sqlite3_column_int64(row, 0)).Single()),
        };
        return view.StillHolds ? read : null;
    }

    /// <summary>Rows carry ticks; 0 stands for NULL, where there is none.</summary>
    private static long? Milliseconds(long ticks) => ticks > 0 ? (ticks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond : null;

    private static long Length(string path) => FileFacts.OfPath(path) is { } facts ? (long)facts.Size : 0;
}
