using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Protocol;
using SQLitePCL;

namespace Netclaw.Daemon.Backups;

/// <summary>Writes rows into a new journal's file, as they stood in another. The tables are those of Akka.Persistence.Sql's default mapping (runtime.md), so that whatever reads the one reads the other.</summary>
internal sealed class JournalFile : IDisposable
{
    private const string Tables = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE journal (
            ordering INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
            created BIGINT NOT NULL,
            deleted BIT NOT NULL,
            persistence_id NVARCHAR(255) NOT NULL,
            sequence_number BIGINT NOT NULL,
            message BLOB NOT NULL,
            manifest NVARCHAR(500) NULL,
            identifier INTEGER NULL,
            writer_uuid NVARCHAR(128) NULL);
        CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);
        CREATE INDEX journal_created_idx ON journal (created);
        CREATE INDEX journal_sequence_number_idx ON journal (sequence_number);
        CREATE TABLE tags (
            ordering_id BIGINT NOT NULL,
            tag NVARCHAR(64) NOT NULL,
            sequence_nr BIGINT NOT NULL,
            persistence_id NVARCHAR(255) NOT NULL,
            PRIMARY KEY (ordering_id, tag));
        CREATE INDEX tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr);
        CREATE INDEX tags_tag_idx ON tags (tag);
        BEGIN;
        """;

    private const string Insert =
        "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7)";

    private readonly string _path;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;

    /// <param name="path">Nothing may be there.</param>
    /// <exception cref="JournalRowsException">In SQLite's words.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public JournalFile(string path)
    {
        SqliteProvider.Use();
        _path = path;
        FileCalls.Current.CreateNew(path).Dispose(); // SQLite would make it readable to all
        _ = raw.sqlite3_open_v2(path, out _database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        Run(Tables);
        if (raw.sqlite3_prepare_v2(_database, Insert, out _insert) != raw.SQLITE_OK)
        {
            throw Failure();
        }
    }

    /// <exception cref="JournalRowsException">In SQLite's words.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public void Add(StoredRecord row)
    {
        _ = raw.sqlite3_bind_int64(_insert, 1, row.Created);
        _ = raw.sqlite3_bind_text(_insert, 2, row.PersistenceId);
        _ = raw.sqlite3_bind_int64(_insert, 3, row.Sequence);
        _ = raw.sqlite3_bind_blob(_insert, 4, row.Message.Span);
        _ = raw.sqlite3_bind_text(_insert, 5, row.Manifest);
        _ = raw.sqlite3_bind_int64(_insert, 6, row.Identifier);
        _ = raw.sqlite3_bind_text(_insert, 7, row.WriterUuid);
        if (raw.sqlite3_step(_insert) != raw.SQLITE_DONE)
        {
            throw Failure();
        }

        _ = raw.sqlite3_reset(_insert);
    }

    /// <summary>All of it, in one file.</summary>
    /// <exception cref="JournalRowsException">In SQLite's words.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public void Complete() => Run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>After somebody else has written to it: everything in the one file, which can then be given another name.</summary>
    /// <exception cref="JournalRowsException">In SQLite's words.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static void TakeInWal(string path)
    {
        SqliteProvider.Use();
        _ = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE, null);
        using (database)
        {
            if (raw.sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)") != raw.SQLITE_OK)
            {
                throw Failure(path, database);
            }
        }

        if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
        {
            throw new JournalRowsException($"{path}: its write-ahead log could not be taken in");
        }
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _database.Dispose();
    }

    private void Run(string sql)
    {
        if (raw.sqlite3_exec(_database, sql) != raw.SQLITE_OK)
        {
            throw Failure();
        }
    }

    private Exception Failure() => Failure(_path, _database);

    private static Exception Failure(string path, sqlite3 database)
    {
        var words = $"{path}: {raw.sqlite3_errmsg(database).utf8_to_string()}";
        return raw.sqlite3_errcode(database) == raw.SQLITE_FULL ? DiskTrouble.Full(words + ".") : new JournalRowsException(words);
    }
}
