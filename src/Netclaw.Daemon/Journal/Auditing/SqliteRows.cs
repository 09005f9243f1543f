using System.Globalization;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Protocol;
using SQLitePCL;

namespace Netclaw.Daemon.Journal.Auditing;

/// <summary>The rows of a home's two files. Works beside a daemon that writes, and where nothing can be written.</summary>
internal sealed class SqliteRows : IJournalRows
{
    private const string Fields = "ordering, persistence_id, sequence_number, deleted, message, manifest, identifier, created, writer_uuid";
    private const string SnapshotFields = "persistence_id, sequence_number, created, snapshot, manifest, serializer_id";

    private readonly SqliteView? _journal;
    private readonly SqliteView? _snapshots;
    private readonly List<string> _notes = [];

    private SqliteRows(SqliteView? journal, SqliteView? snapshots)
    {
        (_journal, _snapshots) = (journal, snapshots);
        HasJournal = journal?.Has("journal") ?? false;
        HasTags = journal?.Has("tags") ?? false;
        HasSnapshots = snapshots?.Has("snapshot") ?? false;
    }

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Nothing was read that a program changed meanwhile without this one seeing it.</summary>
    public bool StillHolds => (_journal?.StillHolds ?? true) && (_snapshots?.StillHolds ?? true);

    private bool HasJournal { get; }

    private bool HasTags { get; }

    private bool HasSnapshots { get; }

    /// <param name="asItLies">False: even files that nobody seems to use are read by their locks.</param>
    /// <exception cref="JournalRowsException">One of the files cannot be opened.</exception>
    public static SqliteRows Open(NetclawHome home, bool asItLies = true)
    {
        // First the snapshots: whatever they stand on was in the journal before, and the journal only grows.
        SqliteView? snapshots = null, journal = null;
        string? note = null;
        try
        {
            snapshots = SqliteView.Open(home.SnapshotDatabase, asItLies);
        }
        catch (JournalRowsException unread)
        {
            note = $"The snapshots were not looked at: {unread.Message}";
        }

        try
        {
            journal = SqliteView.Open(home.JournalDatabase, asItLies);
            var rows = new SqliteRows(journal, snapshots);
            rows._notes.AddRange(note is null ? [] : [note]);
            return rows;
        }
        catch
        {
            journal?.Dispose();
            snapshots?.Dispose();
            throw;
        }
    }

    /// <summary>The journal in a file that is nobody else's.</summary>
    /// <exception cref="JournalRowsException">It cannot be opened.</exception>
    public static SqliteRows OfJournal(string path) => new(SqliteView.Open(path, asItLies: true), null);

    public long Last(string persistenceId) => HasJournal
        ? _journal!.Rows("SELECT MAX(sequence_number) FROM journal WHERE persistence_id = ?1", static row => raw.sqlite3_column_int64(row, 0), persistenceId).Single()
        : 0;

    public StoredRecord? Record(string persistenceId, long sequence) => HasJournal
        ? _journal!.Rows($"SELECT {Fields} FROM journal WHERE persistence_id = ?1 AND sequence_number = ?2", Record, persistenceId, sequence).FirstOrDefault()
        : null;

    public IEnumerable<StoredRecord> RecordsAfter(string persistenceId, long sequence) => HasJournal
        ? _journal!.Rows($"SELECT {Fields} FROM journal WHERE persistence_id = ?1 AND sequence_number > ?2 ORDER BY sequence_number", Record, persistenceId, sequence)
        : [];

    public IReadOnlyList<StoredSnapshotRecord> NewestSnapshots(int most) => HasSnapshots
        ? [.. _snapshots!.Rows(
            $"SELECT persistence_id, sequence_number, created, substr(snapshot, 1, {most.ToString(CultureInfo.InvariantCulture)}), manifest, serializer_id FROM snapshot AS each "
            + "WHERE sequence_number = (SELECT MAX(sequence_number) FROM snapshot WHERE persistence_id = each.persistence_id)", Snapshot)]
        : [];

    public IEnumerable<StoredSnapshotRecord> Snapshots() => HasSnapshots
        ? _snapshots!.Rows($"SELECT {SnapshotFields} FROM snapshot ORDER BY persistence_id, sequence_number", Snapshot)
        : [];

    public IEnumerable<StoredRecord> Records() => HasJournal
        ? _journal!.Rows($"SELECT {Fields} FROM journal ORDER BY persistence_id, sequence_number", Record)
        : [];

    public IEnumerable<StoredTag> Tags() => HasTags
        ? _journal!.Rows("SELECT ordering_id, tag, persistence_id, sequence_nr FROM tags ORDER BY ordering_id",
            static row => new StoredTag(raw.sqlite3_column_int64(row, 0), SqliteView.Text(row, 1), SqliteView.Text(row, 2), raw.sqlite3_column_int64(row, 3)))
        : [];

    public string? CheckItself() => _journal?.CheckItself() ?? _snapshots?.CheckItself();

    public void Dispose()
    {
        _journal?.Dispose();
        _snapshots?.Dispose();
    }

    private static StoredRecord Record(sqlite3_stmt row) => new(
        raw.sqlite3_column_int64(row, 0), SqliteView.Text(row, 1), raw.sqlite3_column_int64(row, 2), !IsZero(row, 3),
        raw.sqlite3_column_blob(row, 4).ToArray(), SqliteView.Text(row, 5), raw.sqlite3_column_int64(row, 6), raw.sqlite3_column_int64(row, 7), SqliteView.Text(row, 8));

    /// <summary>As a recovery asks: what is not the number 0 is not read by it.</summary>
    private static bool IsZero(sqlite3_stmt row, int column) => raw.sqlite3_column_type(row, column) == raw.SQLITE_INTEGER && raw.sqlite3_column_int64(row, column) == 0;

    private static StoredSnapshotRecord Snapshot(sqlite3_stmt row) => new(
        SqliteView.Text(row, 0), raw.sqlite3_column_int64(row, 1), raw.sqlite3_column_int64(row, 2),
        raw.sqlite3_column_blob(row, 3).ToArray(), SqliteView.Text(row, 4), raw.sqlite3_column_int64(row, 5));
}
