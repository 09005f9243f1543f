using System.Collections.Immutable;
using Netclaw.Daemon.Journal;
using Netclaw.Protocol;
using SQLitePCL;

namespace Netclaw.Daemon.Examining;

/// <summary>
/// A SQLite file that is looked at and never changed. While nobody uses it, it is read as it lies: an ordinary reader would make a log and an index
/// beside it, and could not on a file system that is read-only. For one thread.
/// </summary>
internal sealed class SqliteLook : IDisposable
{
    private const int MostFaults = 8;
    private const int BusyMilliseconds = 2000;

    private readonly sqlite3 _database;

    private SqliteLook(sqlite3 database) => _database = database;

    /// <returns>What was read, or why nothing could be, in SQLite's own words.</returns>
    public static (T? Read, string? Problem) At<T>(string path, Func<SqliteLook, T> read) where T : class
    {
        for (var asItLies = IsAtRest(path); ; asItLies = false)
        {
            var result = Once(path, asItLies, read);

            // Somebody began to use it meanwhile: what was read may be torn.
            if (!asItLies || IsAtRest(path))
            {
                return result;
            }
        }
    }

    /// <summary>SQLite's quick check: every page and record, but no index against its table.</summary>
    /// <returns>Empty: nothing is wrong.</returns>
    public ImmutableArray<string> Check()
    {
        var found = Rows($"SELECT quick_check, 0 FROM pragma_quick_check({MostFaults})").Select(row => row.Text).ToImmutableArray();
        return found is ["ok"] ? [] : found;
    }

    /// <summary>The first column of the first row; null for none, or for NULL.</summary>
    public long? Number(string sql)
    {
        using var statement = Prepare(sql);
        return Step(statement) && raw.sqlite3_column_type(statement, 0) != raw.SQLITE_NULL ? raw.sqlite3_column_int64(statement, 0) : null;
    }

    /// <param name="sql">Two columns: a text and a number.</param>
    public IReadOnlyList<(string Text, long Number)> Rows(string sql)
    {
        using var statement = Prepare(sql);
        var rows = new List<(string, long)>();
        while (Step(statement))
        {
            rows.Add((raw.sqlite3_column_text(statement, 0).utf8_to_string(), raw.sqlite3_column_int64(statement, 1)));
        }

        return rows;
    }

    public void Dispose() => _database.Dispose();

    private static (T? Read, string? Problem) Once<T>(string path, bool asItLies, Func<SqliteLook, T> read) where T : class
    {
        SqliteProvider.Use();
        var uri = "file:" + path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);
        _ = raw.sqlite3_open_v2(uri + (asItLies ? "?immutable=1" : "?mode=ro"), out var database, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI, null);
        using var look = new SqliteLook(database);
        try
        {
            _ = raw.sqlite3_busy_timeout(database, BusyMilliseconds);
            return (read(look), null);
        }
        catch (InvalidDataException unread)
        {
            return (null, unread.Message);
        }
    }

    /// <summary>A log beside it that holds anything belongs to what the file says, and has to be read with it.</summary>
    private static bool IsAtRest(string path) => FileFacts.OfPath(path + "-wal") is null or { Size: 0 };

    private sqlite3_stmt Prepare(string sql) =>
        raw.sqlite3_prepare_v2(_database, sql, out var statement) == raw.SQLITE_OK ? statement : throw Failed();

    private bool Step(sqlite3_stmt statement) => raw.sqlite3_step(statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw Failed(),
    };

    private InvalidDataException Failed() => new(raw.sqlite3_errmsg(_database).utf8_to_string());
}
