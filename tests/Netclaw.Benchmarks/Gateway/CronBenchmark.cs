using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// As many jobs as NETCLAW_BENCH_JOBS says (100,000), of which 1,000 are due each second, evenly: how late a command is started after its time, the claim being durable by then. The control
/// after it, in the same process: one loop with one timer that commits two rows of raw SQLite for each time that is due, in one transaction for all that are.
/// </summary>
internal static class CronBenchmark
{
    private const int Runs = 5;
    private const int PerSecond = 1_000;
    private const int Adders = 64;

    private static readonly int Jobs = int.Parse(Environment.GetEnvironmentVariable("NETCLAW_BENCH_JOBS") ?? "100000", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds((double)Jobs / PerSecond);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(Math.Min(20, Interval.TotalSeconds));

    public static async Task RunAsync()
    {
        var (median, tail, worst, rates, control, controlTail) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var home = DaemonProcess.NewHome();
        try
        {
            await using var cron = await CronOnDisk.OpenAsync(home);
            // Long enough for all to be added; a whole millisecond, as schedules have it: less than that early would count as a whole interval late.
            var first = DateTimeOffset.FromUnixTimeMilliseconds((TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10 + Jobs / 1_500.0)).ToUnixTimeMilliseconds());
            await AddAsync(cron, first);
            var ahead = first - TimeProvider.System.GetUtcNow();
            Figures.Line($"{Jobs:N0} jobs added, {ahead.TotalSeconds:N0} s before the first is due");
            await Task.Delay(ahead > TimeSpan.Zero ? ahead + TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(1));
            for (var run = 0; run < Runs; run++)
            {
                cron.Started();
                await Task.Delay(Window);
                var late = cron.Started().ConvertAll(started => Lateness(started.At - first, started.Job));
                rates.Add(late.Count / Window.TotalSeconds);
                median.Add(Figures.Median(late));
                tail.Add(Figures.Percentile(late, 99));
                worst.Add(late.Count == 0 ? double.NaN : late.Max());
                Figures.Line($"run {run + 1}: {rates[^1]:N0} fires/s, late by {median[^1]:N1} ms, p99 {tail[^1]:N1} ms, at most {worst[^1]:N1} ms");
            }
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }

        for (var run = 0; run < Runs; run++)
        {
            var place = DaemonProcess.NewHome();
            try
            {
                var late = await LoopAsync(Path.Combine(place.Root, "control.db"));
                control.Add(Figures.Median(late));
                controlTail.Add(Figures.Percentile(late, 99));
            }
            finally
            {
                Directory.Delete(place.Root, recursive: true);
            }
        }

        Figures.Summary($"fires, of {PerSecond:N0} a second that are due", rates, "/s");
        Figures.Summary("late, median", median, "ms");
        Figures.Summary("late, p99", tail, "ms");
        Figures.Summary("late, at most", worst, "ms");
        Figures.Summary("one loop with raw SQLite (control), median", control, "ms");
        Figures.Summary("one loop with raw SQLite (control), p99", controlTail, "ms");
    }

    /// <summary>Job n is due n milliseconds after the first one, and after each interval again.</summary>
    private static double Lateness(TimeSpan sinceFirst, int job) =>
        ((sinceFirst.TotalMilliseconds - job * 1000.0 / PerSecond) % Interval.TotalMilliseconds + Interval.TotalMilliseconds) % Interval.TotalMilliseconds;

    private static async Task AddAsync(CronOnDisk cron, DateTimeOffset first)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Adders).Select(_ => Task.Run(async () =>
        {
            for (var job = Interlocked.Increment(ref next); job < Jobs; job = Interlocked.Increment(ref next))
            {
                await cron.AddAsync(job, first + TimeSpan.FromMilliseconds(job * 1000.0 / PerSecond), Interval);
            }
        })));
    }

    private static async Task<List<double>> LoopAsync(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO row (body) VALUES (zeroblob(400)), (zeroblob(400))";
        var (late, begun, due) = (new List<double>(), TimeProvider.System.GetTimestamp(), 0);
        while (TimeProvider.System.GetElapsedTime(begun) is var passed && passed < Window)
        {
            var until = (int)(passed.TotalMilliseconds * PerSecond / 1000);
            await using (var transaction = connection.BeginTransaction())
            {
                command.Transaction = transaction;
                for (var fire = due; fire < until; fire++)
                {
                    command.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            var done = TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
            late.AddRange(Enumerable.Range(due, until - due).Select(fire => done - fire * 1000.0 / PerSecond));
            due = until;
            await Task.Delay(1);
        }

        return late;
    }
}
