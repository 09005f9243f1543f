using SQLitePCL;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>One connection to a database file, used by one thread at a time. WAL and synchronous FULL are not negotiable.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    // A directory that is not yet there, a full disk and the like are said by SQLite in its own words.
    private const int ReadWriteCreate = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <exception cref="SqliteFailure">the file cannot be opened, is no database, or cannot be put in WAL mode.</exception>
    public static SqliteDatabase Open(string path, TimeSpan busyTimeout)
    {
        SqliteLibrary.Use();
        var code = raw.sqlite3_open_v2(path, out var handle, ReadWriteCreate, null);
        var database = new SqliteDatabase(handle);
        try
        {
            if (code != raw.SQLITE_OK)
            {
                throw database.Failure($"open {path}");
            }

            _ = raw.sqlite3_extended_result_codes(handle, 1);
            _ = raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds);
            database.RequireDurableMode(path);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Execute(string sql, string purpose)
    {
        if (raw.sqlite3_exec(_handle, sql) != raw.SQLITE_OK)
        {
            throw Failure(purpose);
        }
    }

    /// <summary>Prepares once, then hands out the same statement: reset it after use.</summary>
    public SqliteStatement Statement(string sql, string purpose)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            if (raw.sqlite3_prepare_v2(_handle, sql, out var prepared) != raw.SQLITE_OK)
            {
                throw Failure(purpose);
            }

            _statements[sql] = statement = new SqliteStatement(_handle, prepared, purpose);
        }

        return statement;
    }

    public long LastRowId => raw.sqlite3_last_insert_rowid(_handle);

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _handle.Dispose();
    }

    private void RequireDurableMode(string path)
    {
        var mode = Ask("PRAGMA journal_mode=WAL");
        if (mode != "wal")
        {
            throw new SqliteFailure(raw.SQLITE_CANTOPEN, $"use {path}", $"its journal mode is '{mode}' and does not change to WAL; keep it as a file on a local disk");
        }

        Execute("PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000", $"set up {path}");
        if (Ask("PRAGMA synchronous") != "2")
        {
            throw new SqliteFailure(raw.SQLITE_CANTOPEN, $"use {path}", "synchronous does not change to FULL");
        }

        if (Sabotage.SkipJournalFlush)
        {
            Execute("PRAGMA synchronous=OFF", $"break {path}");
        }
    }

    private string Ask(string pragma)
    {
        var text = default(RepeatedText);
        var statement = Statement(pragma, pragma);
        try
        {
            return statement.Step() ? statement.Text(0, ref text) : string.Empty;
        }
        finally
        {
            statement.Reset();
        }
    }

    private SqliteFailure Failure(string purpose) =>
        new(raw.sqlite3_extended_errcode(_handle), purpose, raw.sqlite3_errmsg(_handle).utf8_to_string());
}
