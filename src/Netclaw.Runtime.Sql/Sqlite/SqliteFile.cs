using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>
/// A database file as this process uses it: one writer and a few readers, shared by everyone who names the same path, so that two
/// writers of one process never wait for each other's lock. The last one to let go closes it.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SqliteFile> OpenFiles = new(StringComparer.Ordinal);

    private int _users;

    private SqliteFile(string path, TimeSpan busyTimeout, IStoreFaults? faults)
    {
        Path = path;
        Faults = faults;
        Writer = new SqliteWriter(path, SqliteDatabase.Open(path, busyTimeout), faults);
        Readers = new SqliteReaders(path, busyTimeout);
    }

    public string Path { get; }

    public IStoreFaults? Faults { get; }

    public SqliteWriter Writer { get; }

    public SqliteReaders Readers { get; }

    public Exception? Stopped => StoppedStores.Cause(Path);

    /// <param name="tables">DDL to run first, or null when the tables must exist already.</param>
    /// <exception cref="SqliteFailure">the file cannot be used.</exception>
    public static SqliteFile Open(string path, TimeSpan busyTimeout, string? tables, IStoreFaults? faults = null)
    {
        path = System.IO.Path.GetFullPath(path);
        lock (Gate)
        {
            faults?.At(StoreCall.Open);
            if (tables is not null)
            {
                using var once = SqliteDatabase.Open(path, busyTimeout);
                once.Execute(tables, $"create the tables in {path}");
            }

            if (!OpenFiles.TryGetValue(path, out var file))
            {
                OpenFiles[path] = file = new SqliteFile(path, busyTimeout, faults);
            }

            file._users++;
            return file;
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (--_users > 0)
            {
                return;
            }

            OpenFiles.Remove(Path);
            Readers.Dispose();
            Writer.Dispose();
        }
    }
}
