using SQLitePCL;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>A row of the journal or of the snapshots, as it is stored.</summary>
internal sealed record StoredRow(string PersistenceId, long Sequence, string Manifest, byte[] Bytes)
{
    public bool IsSameAs(StoredRow other) =>
        Sequence == other.Sequence && PersistenceId == other.PersistenceId && Manifest == other.Manifest && Bytes.AsSpan().SequenceEqual(other.Bytes);
}

/// <summary>Reads a database file with SQLite's own recovery and changes nothing of it but what that recovery changes in memory.</summary>
internal static class JournalImage
{
    private const int NoCheckpointOnClose = 1006;

    /// <summary>In the order of their sequence.</summary>
    public static List<StoredRow> Events(string path) =>
        Read(path, "journal", "SELECT persistence_id, sequence_number, manifest, message FROM journal WHERE deleted = 0 ORDER BY persistence_id, sequence_number");

    public static List<StoredRow> Snapshots(string path) =>
        Read(path, "snapshot", "SELECT persistence_id, sequence_number, manifest, snapshot FROM snapshot ORDER BY persistence_id, sequence_number");

    private static List<StoredRow> Read(string path, string table, string sql)
    {
        var rows = new List<StoredRow>();
        if (!File.Exists(path))
        {
            return rows;
        }

        var opened = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE, null);
        using (database)
        {
            Expect(database, opened);
            Expect(database, raw.sqlite3_db_config(database, NoCheckpointOnClose, 1, out _));
            Expect(database, raw.sqlite3_exec(database, "PRAGMA locking_mode = EXCLUSIVE"));
            var prepared = raw.sqlite3_prepare_v2(database, sql, out var statement);
            using (statement)
            {
                if (prepared != raw.SQLITE_OK && raw.sqlite3_errmsg(database).utf8_to_string() == $"no such table: {table}")
                {
                    return rows;
                }

                Expect(database, prepared);
                int step;
                while ((step = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                {
                    rows.Add(new StoredRow(
                        raw.sqlite3_column_text(statement, 0).utf8_to_string(), raw.sqlite3_column_int64(statement, 1),
                        raw.sqlite3_column_text(statement, 2).utf8_to_string(), raw.sqlite3_column_blob(statement, 3).ToArray()));
                }

                if (step != raw.SQLITE_DONE)
                {
                    Expect(database, step);
                }
            }
        }

        return rows;
    }

    private static void Expect(sqlite3 database, int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new IOException($"SQLite: {raw.sqlite3_errmsg(database).utf8_to_string()} ({code})");
        }
    }
}
