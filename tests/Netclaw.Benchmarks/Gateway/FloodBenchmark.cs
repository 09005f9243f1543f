using System.Diagnostics;
using System.Net.WebSockets;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// What a paired device notices while hostile half-open connections come from 64 addresses: handshakes on a fixed schedule, timed from the moment each
/// was due, before, during and after the flood. The crowd is a process of its own, on the same two cores.
/// </summary>
internal static class FloodBenchmark
{
    private const int Rounds = 5;
    private const int Attempts = 10_000;
    private const int AttemptsPerSecond = 2_000;
    private const int HandshakesPerSecond = 100;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Flood = TimeSpan.FromSeconds((double)Attempts / AttemptsPerSecond);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        await using var daemon = await DaemonProcess.StartAsync();
        using var key = await PairedDevices.PairByCodeAsync(daemon);
        await ScheduleAsync(daemon, key, Quiet);
        var before = new List<double>();
        var during = new List<double>();
        var after = new List<double>();
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var quiet = await ScheduleAsync(daemon, key, Quiet);
            using var crowd = HostileCrowd.Start(daemon.Endpoint, Attempts, AttemptsPerSecond);
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            var flooded = await ScheduleAsync(daemon, key, Flood);
            var rate = await crowd.StandardOutput.ReadLineAsync();
            crowd.StandardInput.Close();
            await crowd.WaitForExitAsync();
            var recovered = await ScheduleAsync(daemon, key, TimeSpan.FromSeconds(1));
            before.Add(quiet.P99);
            during.Add(flooded.P99);
            after.Add(recovered.P99);
            lost += quiet.Lost + flooded.Lost + recovered.Lost;
            Figures.Line($"round {round + 1}: p99 {quiet.P99:N1} ms before, {flooded.P99:N1} ms (p50 {flooded.P50:N1}) under {rate} attempts/s, {recovered.P99:N1} ms in the first second after; lost {flooded.Lost}");
        }

        Figures.Summary("handshake p99, quiet (control)", before, "ms");
        Figures.Summary("handshake p99 under the flood (goal 100 ms)", during, "ms");
        Figures.Summary("handshake p99 in the first second after it", after, "ms");
        Figures.Line($"handshakes lost in all: {lost}");
    }

    /// <summary>Open loop: a late handshake does not delay the next one, and its wait counts.</summary>
    private static async Task<(double P50, double P99, int Lost)> ScheduleAsync(DaemonProcess daemon, SigningKey key, TimeSpan lasting)
    {
        using var bound = new CancellationTokenSource(lasting + Bound);
        var count = (int)(lasting.TotalSeconds * HandshakesPerSecond);
        var clock = Stopwatch.StartNew();
        var lost = 0;
        var took = await Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
        {
            var due = TimeSpan.FromSeconds((double)number / HandshakesPerSecond);
            if (due - clock.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, bound.Token);
            }

            try
            {
                using var session = await RawSession.ConnectAsync(daemon.Endpoint, key, ScopeSet.ReadWrite, bound.Token);
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException)
            {
                Interlocked.Increment(ref lost);
            }

            return (clock.Elapsed - due).TotalMilliseconds;
        }));
        return (Figures.Percentile(took, 50), Figures.Percentile(took, 99), lost);
    }
}
