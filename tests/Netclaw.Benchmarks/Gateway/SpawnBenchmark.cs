using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// Runs of /bin/true, from <c>runs.spawn</c> until <c>runs.wait</c> has told the end: 1 as many as come, <see cref="Workers"/> at a time; 2 one after the other, which is what a child costs. Beside them in
/// turn, in this process: the same program by Process.Start with its outputs read to their end. NETCLAW_BENCH_SPAWNS says how many (500).
/// </summary>
internal static class SpawnBenchmark
{
    private const int Runs = 5;
    private const int Workers = 8;
    private const string Program = "/bin/true";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(300);

    private static readonly int Spawns = int.Parse(Environment.GetEnvironmentVariable("NETCLAW_BENCH_SPAWNS") ?? "500", CultureInfo.InvariantCulture);

    public static async Task RunAsync()
    {
        var (rates, bareRates, single, bareSingle) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var home = DaemonProcess.NewHome();
        try
        {
            await File.WriteAllTextAsync(home.ConfigFile, $$"""{"spawn":{"total":{{Workers * 2}},"perParent":{{Workers * 2}} } }""");
            await using var daemon = await DaemonProcess.StartAsync(home);
            using var bound = new CancellationTokenSource(Bound);
            var token = await WireCrowd.TokenAsync(daemon);
            var sessions = new List<WireSession>();
            await WireCrowd.OpenAsync(Workers, sessions, cancel => WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.admin"), bound.Token);
            await LoadAsync(Workers, Spawns / 5, worker => OnceAsync(sessions[worker], bound.Token));
            for (var run = 0; run < Runs; run++)
            {
                rates.Add((await LoadAsync(Workers, Spawns, worker => OnceAsync(sessions[worker], bound.Token))).Rate); // 1
                bareRates.Add((await LoadAsync(Workers, Spawns, _ => BareAsync(bound.Token))).Rate);
                single.Add((await LoadAsync(1, Spawns / 5, _ => OnceAsync(sessions[0], bound.Token))).Median); // 2
                bareSingle.Add((await LoadAsync(1, Spawns / 5, _ => BareAsync(bound.Token))).Median);
                Figures.Line($"run {run + 1}: {rates[^1]:N0} runs/s beside {bareRates[^1]:N0}/s; one {single[^1]:N2} ms beside {bareSingle[^1]:N2} ms");
            }

            sessions.ForEach(session => session.Dispose());
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }

        Figures.Summary($"runs of {Program}, {Workers} at a time, accepted to told", rates, "/s");
        Figures.Summary("Process.Start (control)", bareRates, "/s");
        Figures.Summary("one run, accepted to told", single, "ms");
        Figures.Summary("one Process.Start (control)", bareSingle, "ms");
        Figures.Line($"overhead per child {Figures.Median(single) - Figures.Median(bareSingle):N2} ms; rate {100 * Figures.Median(rates) / Figures.Median(bareRates):N0} % of the control");
    }

    private static async Task OnceAsync(WireSession session, CancellationToken cancel)
    {
        var spawned = await session.CallAsync("s", "runs.spawn", $$"""{"runtime":"command","argv":["{{Program}}"]}""", cancel);
        var over = await session.CallAsync("w", "runs.wait", $$"""{"runId":"{{spawned.GetProperty("runId").GetString()}}"}""", cancel);
        if (over.GetProperty("status").GetString() != "done")
        {
            throw new InvalidOperationException(over.GetRawText());
        }
    }

    private static async Task BareAsync(CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Close();
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
    }

    private static async Task<(double Rate, double Median)> LoadAsync(int workers, int count, Func<int, Task> once)
    {
        var next = -1;
        var latencies = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
            {
                var started = Stopwatch.GetTimestamp();
                await once(worker);
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        return (count / clock.Elapsed.TotalSeconds, Figures.Median(latencies));
    }
}
