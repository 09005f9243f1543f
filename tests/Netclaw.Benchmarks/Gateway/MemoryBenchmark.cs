using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Resident memory per idle session at 5,000: the daemon's authenticated sessions beside connections to an empty hub.</summary>
internal static class MemoryBenchmark
{
    private const int Sessions = 5_000;
    private const int Runs = 5;
    private const int Workers = 16;

    /// <summary>Time for both servers to collect and settle before they are read.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        var ours = new List<double>();
        var control = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await using var daemon = await DaemonProcess.StartAsync();
            using var key = await PairedDevices.PairByCodeAsync(daemon);
            ours.Add(await PerSessionAsync(daemon.ResidentBytes, cancel => RawSession.ConnectAsync(daemon.Endpoint, key, ScopeSet.ReadWrite, cancel, 8 * 1024)));
            await using var bare = await BareServer.StartAsync();
            control.Add(await PerSessionAsync(bare.ResidentBytes, cancel => RawSession.ConnectBareHubAsync(bare.Endpoint, cancel, 8 * 1024)));
            Figures.Line($"run {run + 1}: {ours[^1]:N2} KiB per session, {control[^1]:N2} KiB per bare hub connection");
        }

        Figures.Summary($"resident per idle session at {Sessions:N0}", ours, "KiB");
        Figures.Summary("resident per bare hub connection (control)", control, "KiB");
        Figures.Line($"above the control, median of pairs: {Figures.Median(ours.Zip(control, (left, right) => left - right)):N2} KiB (goal 4)");
    }

    private static async Task<double> PerSessionAsync(Func<long> resident, Func<CancellationToken, Task<RawSession>> connect)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        var open = new List<RawSession>();
        try
        {
            // The first connections pay for code and pools that the rest share.
            await OpenAsync(200, open, connect, bound.Token);
            await Task.Delay(Settle, bound.Token);
            var before = resident();
            await OpenAsync(Sessions, open, connect, bound.Token);
            await Task.Delay(Settle, bound.Token);
            return (resident() - before) / 1024.0 / Sessions;
        }
        finally
        {
            open.ForEach(session => session.Dispose());
        }
    }

    private static async Task OpenAsync(int count, List<RawSession> open, Func<CancellationToken, Task<RawSession>> connect, CancellationToken cancel)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var session = await connect(cancel);
                lock (open)
                {
                    open.Add(session);
                }
            }
        }));
    }
}
