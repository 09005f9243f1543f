namespace Netclaw.Runtime.Sql.Plugin;

/// <summary>
/// A store that is opened when first needed. A failed opening is told to whoever asked and tried again by the next, because nothing
/// was written yet.
/// </summary>
internal sealed class Opening<TStore>(Func<CancellationToken, Task<TStore>> open)
    where TStore : class
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile TStore? _store;
    private bool _closed;

    /// <summary>The store, if it is open.</summary>
    public TStore? Opened => _store;

    public async ValueTask<TStore> Get(CancellationToken cancel)
    {
        if (_store is { } open)
        {
            return open;
        }

        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _store ??= await this.Open(cancel).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Closes what is open; writes that are queued are written first.</summary>
    public void Close()
    {
        _closed = true;
        switch (_store)
        {
            case IDisposable now:
                now.Dispose();
                break;
            case IAsyncDisposable later:
                // The system waits for this on a thread of its own while it ends.
                later.DisposeAsync().AsTask().GetAwaiter().GetResult();
                break;
        }
    }

    private Task<TStore> Open(CancellationToken cancel) => Task.Run(() => open(cancel), cancel);
}
