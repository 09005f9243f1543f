using System.Text;
using SQLitePCL;

namespace Netclaw.Daemon.Journal.Auditing;

/// <summary>
/// One database file for reading. A file beside which no WAL stands is nobody's at the moment and is read as it lies (<c>immutable=1</c>), so that nothing is made
/// beside it; that it stayed so is looked at again by <see cref="StillHolds"/>. Otherwise it is read as a program among others. A WAL is never passed over.
/// </summary>
internal sealed class SqliteView : IDisposable
{
    private const int BusyMs = 2000;

    private readonly string _path;
    private readonly sqlite3 _database;
    private readonly (long Length, DateTime Written)? _asItLay;

    private SqliteView(string path, sqlite3 database, (long Length, DateTime Written)? asItLay) => (_path, _database, _asItLay) = (path, database, asItLay);

    /// <summary>Read without the file's locks.</summary>
    public bool IsImmutable => _asItLay is not null;

    /// <returns>Null when there is no file.</returns>
    /// <exception cref="JournalRowsException">It cannot be opened, or not with all that belongs to it.</exception>
    public static SqliteView? Open(string path, bool asItLies)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        SqliteProvider.Use();
        if (asItLies && !File.Exists(Wal(path)))
        {
            return OpenAsItLies(path);
        }

        try
        {
            return Begin(path, path, null);
        }
        catch (JournalRowsException) when (WalBytes(path) == 0)
        {
            // A read-only file system, where nothing can be made beside the file; and nothing of the file stands elsewhere.
            return OpenAsItLies(path);
        }
        catch (JournalRowsException refused)
        {
            throw new JournalRowsException(
                $"{refused.Message}; what was written last stands in {Wal(path)} ({WalBytes(path)} bytes), which cannot be read here and must not be passed over. Look at a copy of the whole directory.", refused);
        }
    }

    /// <summary>Whether what was read was the file as nobody changed it meanwhile.</summary>
    public bool StillHolds => _asItLay is not { } lay || (!File.Exists(Wal(_path)) && lay == Lies(_path));

    public IEnumerable<T> Rows<T>(string sql, Func<sqlite3_stmt, T> read, params object[] values)
    {
        if (raw.sqlite3_prepare_v2(_database, sql, out var statement) != raw.SQLITE_OK)
        {
            throw Failure();
        }

        using (statement)
        {
            for (var i = 0; i < values.Length; i++)
            {
                _ = values[i] is long number ? raw.sqlite3_bind_int64(statement, i + 1, number) : raw.sqlite3_bind_text(statement, i + 1, (string)values[i]);
            }

            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                yield return read(statement);
            }

            if (code != raw.SQLITE_DONE)
            {
                throw Failure();
            }
        }
    }

    public static string Text(sqlite3_stmt row, int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(row, column));

    public bool Has(string table) => Rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1", static _ => true, table).Any();

    /// <summary>Indexes against tables, pages against each other.</summary>
    public string? CheckItself() => Rows("PRAGMA integrity_check(1)", static row => Text(row, 0)).FirstOrDefault() is { } said && said != "ok" ? $"{_path}: {said}" : null;

    public void Dispose() => _database.Dispose();

    private static string Wal(string path) => path + "-wal";

    private static long WalBytes(string path) => new FileInfo(Wal(path)) is { Exists: true } wal ? wal.Length : 0;

    private static (long, DateTime) Lies(string path)
    {
        var file = new FileInfo(path);
        return (file.Length, file.LastWriteTimeUtc);
    }

    private static SqliteView OpenAsItLies(string path) =>
        Begin(path, $"file:{string.Join('/', Path.GetFullPath(path).Split('/').Select(Uri.EscapeDataString))}?immutable=1", Lies(path));

    private static SqliteView Begin(string path, string name, (long, DateTime)? asItLay)
    {
        var code = raw.sqlite3_open_v2(name, out var database, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX, null);
        var view = new SqliteView(path, database, asItLay);
        try
        {
            _ = raw.sqlite3_busy_timeout(database, BusyMs);

            // One moment for everything that is read; the first read of a WAL may have to make its index.
            if (code != raw.SQLITE_OK || raw.sqlite3_exec(database, "PRAGMA query_only = ON; BEGIN; SELECT count(*) FROM sqlite_master") != raw.SQLITE_OK)
            {
                throw view.Failure();
            }

            return view;
        }
        catch
        {
            view.Dispose();
            throw;
        }
    }

    private JournalRowsException Failure() => new($"{_path}: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
}
