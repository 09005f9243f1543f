namespace Netclaw.Benchmarks.Gateway;

/// <summary>Many sessions of one load process.</summary>
internal static class WireCrowd
{
    private const int Workers = 32;

    /// <summary>The gateway's shared token.</summary>
    public static async Task<string> TokenAsync(DaemonProcess daemon) => (await File.ReadAllTextAsync(Path.Combine(daemon.Home.Root, "keys", "gateway.token"))).Trim();

    /// <summary>So many more of what <paramref name="open"/> makes, a few at a time.</summary>
    public static async Task OpenAsync(int count, List<WireSession> into, Func<CancellationToken, Task<WireSession>> open, CancellationToken cancel)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
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
