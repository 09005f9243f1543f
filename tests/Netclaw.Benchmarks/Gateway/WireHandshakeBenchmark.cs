using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Authenticated handshakes per second over the gateway protocol, by a paired device's key, beside bare WebSocket upgrades from the same load process, in turn.</summary>
internal static class WireHandshakeBenchmark
{
    private const int Runs = 5;
    private const int PerRun = 6_000;

    public static async Task RunAsync()
    {
        await using var daemon = await DaemonProcess.StartAsync();
        await using var bare = await BareServer.StartAsync();
        using var key = await PairedDevices.PairByCodeAsync(daemon);

        async Task Netclaw(CancellationToken cancel)
        {
            using var session = await WireSession.ConnectAsync(daemon.Endpoint, "cli", "operator", ["operator.read", "operator.write"], [], key, null, cancel);
        }

        async Task Upgrade(CancellationToken cancel)
        {
            using var session = await WireSession.OpenAsync(bare.Endpoint, "/bare/ws", cancel);
        }

        await HandshakeBenchmark.LoadAsync(Netclaw, PerRun);
        await HandshakeBenchmark.LoadAsync(Upgrade, PerRun);
        var ours = new List<double>();
        var control = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            ours.Add((await HandshakeBenchmark.LoadAsync(Netclaw, PerRun)).Rate);
            control.Add((await HandshakeBenchmark.LoadAsync(Upgrade, PerRun)).Rate);
            Figures.Line($"run {run + 1}: {ours[^1]:N0} handshakes/s, {control[^1]:N0} bare upgrades/s, ratio {ours[^1] / control[^1]:P0}");
        }

        Figures.Summary("gateway protocol handshakes (client signs on the same cores)", ours, "/s");
        Figures.Summary("bare upgrades (control)", control, "/s");
        Figures.Line($"ratio, median of pairs: {Figures.Median(ours.Zip(control, (left, right) => left / right)):P1} (goal 55 %)");
    }
}
