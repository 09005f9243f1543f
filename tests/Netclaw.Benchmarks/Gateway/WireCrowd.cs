namespace Netclaw.Benchmarks.Gateway;

/// <summary>Many sessions of one load process.</summary>
internal static class WireCrowd
{
    public const int Workers = 32;

    /// <summary>The gateway's shared token.</summary>
    public static async Task<string> TokenAsync(DaemonProcess daemon) => (await File.ReadAllTextAsync(Path.Combine(daemon.Home.Root, "keys", "gateway.token"))).Trim();

    /// <summary>So many more of what <paramref name="open"/> makes, a few at a time.</summary>
    public static async Task OpenAsync<T>(int count, List<T> into, Func<CancellationToken, Task<T>> open, CancellationToken cancel, int workers = Workers)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var session = await open(cancel);
                lock (into)
                {
                    into.Add(session);
                }
            }
        }));
    }
}
