using System.Collections.Concurrent;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

/// <summary>Counts the calls of a store, lets a chosen one fail, and can hold the writer so that a group forms.</summary>
internal sealed class ScriptedFaults : IStoreFaults
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<StoreCall, int> _counts = new();
    private readonly ManualResetEventSlim _open = new(true);
    private readonly SemaphoreSlim _held = new(0);

    public StoreCall? Fail { get; set; }

    public int Count(StoreCall call) => _counts.GetValueOrDefault(call);

    /// <summary>From now on the writer waits at its next transaction.</summary>
    public void Hold() => _open.Reset();

    public async Task Held() => Assert.True(await _held.WaitAsync(Longest), "the writer never came to its next transaction");

    public void Release() => _open.Set();

    public void At(StoreCall call)
    {
        _counts.AddOrUpdate(call, 1, (_, n) => n + 1);
        if (call == StoreCall.Begin && !_open.IsSet)
        {
            _held.Release();
            _open.Wait(Longest);
        }

        if (call == Fail)
        {
            throw new IOException($"no space left on device (at {call})");
        }
    }
}
