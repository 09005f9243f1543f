using System.Collections.Concurrent;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>Connections for reading beside the writer: at most <see cref="Most"/>, opened when first needed, kept.</summary>
internal sealed class SqliteReaders(string path, TimeSpan busyTimeout) : IDisposable
{
    private const int Most = 4;

    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private readonly SemaphoreSlim _places = new(Most);
    private volatile bool _closed;

    /// <summary>Runs a read on a pool thread, with a connection of its own. A connection whose read failed is not used again.</summary>
    public async Task<T> Read<T>(Func<SqliteDatabase, T> read, CancellationToken cancel)
    {
        await _places.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => ReadNow(read), cancel).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private T ReadNow<T>(Func<SqliteDatabase, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_idle.TryTake(out var reader))
        {
            reader = SqliteDatabase.Open(path, busyTimeout);
            reader.Execute("PRAGMA query_only=ON; PRAGMA cache_size=-2000", $"set up {path} for reading");
        }

        try
        {
            var result = read(reader);
            Keep(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private void Keep(SqliteDatabase reader)
    {
        _idle.Add(reader);
        if (_closed)
        {
            Dispose();
        }
    }
}
