namespace Netclaw.Benchmarks.Gateway;

/// <summary>What a server's process holds for each of many idle sessions, read as its resident memory before and with them.</summary>
internal static class IdleMemory
{
    private const int First = 200;

    /// <summary>Time for the server to collect and settle before it is read.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);

    /// <param name="workers">How many connect at a time.</param>
    /// <returns>KiB.</returns>
    public static async Task<double> PerSessionAsync<T>(int sessions, int workers, Func<long> resident, Func<CancellationToken, Task<T>> connect) where T : IDisposable
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        var open = new List<T>();
        try
        {
            // The first connections pay for code and pools that the rest share.
            await WireCrowd.OpenAsync(First, open, connect, bound.Token, workers);
            await Task.Delay(Settle, bound.Token);
            var before = resident();
            await WireCrowd.OpenAsync(sessions, open, connect, bound.Token, workers);
            await Task.Delay(Settle, bound.Token);
            return (resident() - before) / 1024.0 / sessions;
        }
        finally
        {
            open.ForEach(session => session.Dispose());
        }
    }
}
