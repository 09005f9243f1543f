using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Resident memory per idle session at 5,000: the daemon's authenticated sessions beside connections to an empty hub.</summary>
internal static class MemoryBenchmark
{
    private const int Sessions = 5_000;
    private const int Runs = 5;
    private const int Workers = 16;

    public static async Task RunAsync()
    {
        var ours = new List<double>();
        var control = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await using var daemon = await DaemonProcess.StartAsync();
            using var key = await PairedDevices.PairByCodeAsync(daemon);
            ours.Add(await IdleMemory.PerSessionAsync(Sessions, Workers, daemon.ResidentBytes, cancel => RawSession.ConnectAsync(daemon.Endpoint, key, ScopeSet.ReadWrite, cancel, 8 * 1024)));
            await using var bare = await BareServer.StartAsync();
            control.Add(await IdleMemory.PerSessionAsync(Sessions, Workers, bare.ResidentBytes, cancel => RawSession.ConnectBareHubAsync(bare.Endpoint, cancel, 8 * 1024)));
            Figures.Line($"run {run + 1}: {ours[^1]:N2} KiB per session, {control[^1]:N2} KiB per bare hub connection");
        }

        Figures.Summary($"resident per idle session at {Sessions:N0}", ours, "KiB");
        Figures.Summary("resident per bare hub connection (control)", control, "KiB");
        Figures.Line($"above the control, median of pairs: {Figures.Median(ours.Zip(control, (left, right) => left - right)):N2} KiB (goal 4)");
    }
}
