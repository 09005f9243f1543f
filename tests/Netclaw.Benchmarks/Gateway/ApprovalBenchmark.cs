using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// Request-first approvals per second, durable, through the registry's actor and the real SQLite journal: each is two commands, the request and
/// the approval, with an answer after each flush; once with the signed mark following the journal (the daemon) and once without. Beside it: one-row commits of raw SQLite on the same disk (WAL, synchronous FULL).
/// </summary>
internal static class ApprovalBenchmark
{
    private const int Runs = 5;
    private const int PerRun = 10_000;

    /// <summary>Devices in flight; the registry holds at most 100 pending requests, so fewer than that.</summary>
    private const int Workers = 64;

    private const int ControlCommits = 2_000;

    public static async Task RunAsync()
    {
        var (rates, tails) = (new List<double>(), new List<double>());
        var (bareRates, bareTails) = (new List<double>(), new List<double>());
        var control = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            foreach (var keepHeads in run % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                var (rate, p99) = await OnceAsync(keepHeads, control);
                (keepHeads ? rates : bareRates).Add(rate);
                (keepHeads ? tails : bareTails).Add(p99);
            }

            Figures.Line(
                $"run {run + 1}: {rates[^1]:N0} approvals/s, p99 of request and approval {tails[^1]:N1} ms; without the mark {bareRates[^1]:N0}/s, {bareTails[^1]:N1} ms; raw one-row commits {control[^1]:N0}/s");
        }

        Figures.Summary("request-first approvals, durable (goal 3,000)", rates, "/s");
        Figures.Summary("request and approval, p99 (goal 20)", tails, "ms");
        Figures.Summary("approvals, without the mark outside the journal", bareRates, "/s");
        Figures.Summary("request and approval, p99, without it", bareTails, "ms");
        Figures.Summary("raw SQLite one-row commits, one writer (control)", control, "/s");
    }

    private static async Task<(double Rate, double P99)> OnceAsync(bool keepHeads, List<double> control)
    {
        var home = DaemonProcess.NewHome();
        try
        {
            await using var registry = await RegistryOnDisk.OpenAsync(home, keepHeads);
            await LoadAsync(registry, 0, 1_000);
            var load = await LoadAsync(registry, 1_000, PerRun);
            control.Add(RawCommits(Path.Combine(home.Root, "control.db")));
            return load;
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }
    }

    private static async Task<(double Rate, double P99)> LoadAsync(RegistryOnDisk registry, int first, int count)
    {
        var next = first - 1;
        var latencies = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < first + count; number = Interlocked.Increment(ref next))
            {
                var started = Stopwatch.GetTimestamp();
                await registry.RequestAndApproveAsync(RegistryOnDisk.KeyOf(number), $"device {number}", $"192.0.2.{worker}");
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        return (count / clock.Elapsed.TotalSeconds, Figures.Percentile(latencies, 99));
    }

    internal static double RawCommits(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO row (body) VALUES ($body)";
        command.Parameters.AddWithValue("$body", new byte[400]);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < ControlCommits; i++)
        {
            command.ExecuteNonQuery();
        }

        return ControlCommits / clock.Elapsed.TotalSeconds;
    }
}
