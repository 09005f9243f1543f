using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// Authenticated handshakes per second over SignalR, beside bare WebSocket upgrades, in turn, from the same load process. Connections to an
/// empty hub stand between the two: what they cost is SignalR's, what is left is Netclaw's.
/// </summary>
internal static class HandshakeBenchmark
{
    private const int Runs = 5;
    private const int PerRun = 6_000;
    private const int Workers = 24;

    public static async Task RunAsync()
    {
        await using var daemon = await DaemonProcess.StartAsync();
        await using var bare = await BareServer.StartAsync();
        using var key = await PairedDevices.PairByCodeAsync(daemon);

        async Task Netclaw(CancellationToken cancel)
        {
            using var session = await RawSession.ConnectAsync(daemon.Endpoint, key, ScopeSet.ReadWrite, cancel);
        }

        Task Upgrade(CancellationToken cancel) => UpgradeAsync(bare, cancel);

        async Task Hub(CancellationToken cancel)
        {
            using var session = await RawSession.ConnectBareHubAsync(bare.Endpoint, cancel);
        }

        await LoadAsync(Netclaw, PerRun);
        await LoadAsync(Hub, PerRun);
        await LoadAsync(Upgrade, PerRun);
        var hub = new List<double>();
        var ours = new List<(double Rate, double P50, double P99)>();
        var control = new List<(double Rate, double P50, double P99)>();
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(await LoadAsync(Netclaw, PerRun));
            hub.Add((await LoadAsync(Hub, PerRun)).Rate);
            control.Add(await LoadAsync(Upgrade, PerRun));
            Figures.Line($"run {run + 1}: {ours[^1].Rate:N0} handshakes/s, {hub[^1]:N0} bare hub connections/s, {control[^1].Rate:N0} bare upgrades/s, ratio {ours[^1].Rate / control[^1].Rate:P0}");
        }

        Figures.Summary("authenticated handshakes", [.. ours.Select(run => run.Rate)], "/s");
        Figures.Summary("authenticated handshake p50", [.. ours.Select(run => run.P50)], "ms");
        Figures.Summary("authenticated handshake p99", [.. ours.Select(run => run.P99)], "ms");
        Figures.Summary("connections to an empty hub (control)", hub, "/s");
        Figures.Summary("bare upgrades (control)", [.. control.Select(run => run.Rate)], "/s");
        Figures.Summary("bare upgrade p99 (control)", [.. control.Select(run => run.P99)], "ms");
        Figures.Line($"ratio, median of pairs: {Figures.Median(ours.Zip(control, (left, right) => left.Rate / right.Rate)):P1} (goal 40 %)");
    }

    /// <summary>The control: a WebSocket upgrade and nothing else.</summary>
    internal static async Task UpgradeAsync(BareServer bare, CancellationToken cancel)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{bare.Endpoint.Authority}/bare/ws"), cancel);
        socket.Abort();
    }

    internal static async Task<(double Rate, double P50, double P99)> LoadAsync(Func<CancellationToken, Task> one, int count)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var left = count;
        var latencies = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var started = Stopwatch.GetTimestamp();
                await one(bound.Token);
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }));
        return (count / clock.Elapsed.TotalSeconds, Figures.Percentile(latencies, 50), Figures.Percentile(latencies, 99));
    }
}
