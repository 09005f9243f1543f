namespace Netclaw.Benchmarks.Gateway;

/// <summary>Resident memory per idle session of the gateway protocol at 15,000, beside bare WebSockets. Read in the server's process; the clients are this one.</summary>
internal static class WireIdleBenchmark
{
    private const int Sessions = 15_000;
    private const int Runs = 5;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        var ours = new List<double>();
        var control = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await using (var daemon = await DaemonProcess.StartAsync())
            {
                var token = await WireCrowd.TokenAsync(daemon);
                ours.Add(await PerSessionAsync(daemon.ResidentBytes, cancel => WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.read", "operator.write")));
            }

            await using var bare = await BareServer.StartAsync();
            control.Add(await PerSessionAsync(bare.ResidentBytes, cancel => WireSession.OpenAsync(bare.Endpoint, "/bare/idle", cancel)));
            Figures.Line($"run {run + 1}: {ours[^1]:N2} KiB per session, {control[^1]:N2} KiB per bare WebSocket");
        }

        Figures.Summary($"resident per idle session at {Sessions:N0}", ours, "KiB");
        Figures.Summary("resident per bare WebSocket (control)", control, "KiB");
        Figures.Line($"above the control, median of pairs: {Figures.Median(ours.Zip(control, (left, right) => left - right)):N2} KiB (goal 4)");
    }

    private static async Task<double> PerSessionAsync(Func<long> resident, Func<CancellationToken, Task<WireSession>> connect)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        var open = new List<WireSession>();
        try
        {
            // The first connections pay for code and pools that the rest share.
            await WireCrowd.OpenAsync(200, open, connect, bound.Token);
            await Task.Delay(Settle, bound.Token);
            var before = resident();
            await WireCrowd.OpenAsync(Sessions, open, connect, bound.Token);
            await Task.Delay(Settle, bound.Token);
            return (resident() - before) / 1024.0 / Sessions;
        }
        finally
        {
            open.ForEach(session => session.Dispose());
        }
    }
}
