namespace Netclaw.Benchmarks.Gateway;

/// <summary>Resident memory per idle session of the gateway protocol at 15,000, beside bare WebSockets. Read in the server's process; the clients are this one.</summary>
internal static class WireIdleBenchmark
{
    private const int Sessions = 15_000;
    private const int Runs = 5;

    public static async Task RunAsync()
    {
        var ours = new List<double>();
        var control = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await using (var daemon = await DaemonProcess.StartAsync())
            {
                var token = await WireCrowd.TokenAsync(daemon);
                ours.Add(await IdleMemory.PerSessionAsync(Sessions, WireCrowd.Workers, daemon.ResidentBytes, cancel => WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.read", "operator.write")));
            }

            await using var bare = await BareServer.StartAsync();
            control.Add(await IdleMemory.PerSessionAsync(Sessions, WireCrowd.Workers, bare.ResidentBytes, cancel => WireSession.OpenAsync(bare.Endpoint, "/bare/idle", cancel)));
            Figures.Line($"run {run + 1}: {ours[^1]:N2} KiB per session, {control[^1]:N2} KiB per bare WebSocket");
        }

        Figures.Summary($"resident per idle session at {Sessions:N0}", ours, "KiB");
        Figures.Summary("resident per bare WebSocket (control)", control, "KiB");
        Figures.Line($"above the control, median of pairs: {Figures.Median(ours.Zip(control, (left, right) => left - right)):N2} KiB (goal 4)");
    }
}
