using System.Diagnostics;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// 10,000 paired devices come back at once after a restart: from the new daemon's being ready until the last has its hello. Each device has a key of its own and comes again a moment
/// later when it was turned away; 512 try at a time, on the daemon's own cores. The control is as many bare upgrades.
/// </summary>
internal static class WireStampedeBenchmark
{
    private const int Devices = 10_000;
    private const int Runs = 5;
    private const int AtATime = 512;
    private static readonly string[] Scopes = ["operator.read", "operator.write"];

    public static async Task RunAsync()
    {
        var home = DaemonProcess.NewHome();
        SigningKey[] keys = [.. Enumerable.Range(0, Devices).Select(_ => SigningKey.Generate())];
        await (await DaemonProcess.StartAsync(home)).DisposeAsync();
        await using (var registry = await RegistryOnDisk.OpenAsync(home, keepHeads: false))
        {
            await Parallel.ForAsync(0, Devices, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (i, _) =>
                await registry.RequestAndApproveAsync(keys[i].Public, $"device {i}", $"10.1.{i / 250}.{i % 250}"));
        }

        var (ours, control) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            await using (var daemon = await DaemonProcess.StartAsync(home))
            {
                var (took, turned) = await StampedeAsync((i, cancel) => WireSession.ConnectAsync(daemon.Endpoint, "ui", "operator", Scopes, [], keys[i], null, cancel));
                var pending = await PendingAsync(daemon);
                ours.Add(took);
                Figures.Line($"run {run + 1}: {took:N2} s, {turned} turned away and back, {pending} prompts, ready {daemon.ReadyAfter.TotalMilliseconds:N0} ms after exec");
            }

            await using var bare = await BareServer.StartAsync();
            control.Add((await StampedeAsync((_, cancel) => WireSession.OpenAsync(bare.Endpoint, "/bare/idle", cancel))).Seconds);
        }

        Figures.Summary($"{Devices:N0} devices back after a restart", ours, "s");
        Figures.Summary("as many bare upgrades (control)", control, "s");
        Figures.Line($"goal 8 s");
        Directory.Delete(home.Root, recursive: true);
    }

    private static async Task<(double Seconds, int TurnedAway)> StampedeAsync(Func<int, CancellationToken, Task<WireSession>> connect)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var sessions = new WireSession?[Devices];
        var turned = 0;
        var started = Stopwatch.GetTimestamp();
        try
        {
            await Parallel.ForAsync(0, Devices, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = bound.Token }, async (i, cancel) =>
            {
                while (sessions[i] is null)
                {
                    try
                    {
                        sessions[i] = await connect(i, cancel);
                    }
                    catch (System.Net.WebSockets.WebSocketException)
                    {
                        Interlocked.Increment(ref turned);
                        await Task.Delay(Random.Shared.Next(50, 150), cancel);
                    }
                }
            });
            return (Stopwatch.GetElapsedTime(started).TotalSeconds, turned);
        }
        finally
        {
            foreach (var session in sessions)
            {
                session?.Dispose();
            }
        }
    }

    private static async Task<int> PendingAsync(DaemonProcess daemon)
    {
        await using var host = await PairedDevices.OperatorAsync(daemon);
        return (await host.CallAsync(PairListResult.Method, ProtocolJson.Default.PairListResult, CancellationToken.None)).Pending.Length;
    }
}
