using System.Diagnostics;

namespace Netclaw.Benchmarks.Gateway;

/// <summary><c>netclaw status</c> as a whole process, and <c>netclaw --version</c> beside it: what the process costs before it asks anything.</summary>
internal static class StatusBenchmark
{
    private const int Runs = 15;

    public static async Task RunAsync()
    {
        await using var daemon = await DaemonProcess.StartAsync();
        var status = new List<double>();
        var composite = new List<double>();
        var version = new List<double>();
        for (var run = -1; run < Runs; run++)
        {
            double[] took = [await OnceAsync(daemon, Published.Cli, "status"), await OnceAsync(daemon, Published.CompositeCli, "status"), await OnceAsync(daemon, Published.Cli, "--version")];
            if (run >= 0)
            {
                status.Add(took[0]);
                composite.Add(took[1]);
                version.Add(took[2]);
            }
        }

        Figures.Summary("netclaw status, whole process (goal 140)", status, "ms");
        Figures.Summary("the same, self-contained composite ReadyToRun", composite, "ms");
        Figures.Summary("netclaw --version, whole process (control)", version, "ms");
    }

    private static async Task<double> OnceAsync(DaemonProcess daemon, string program, string command)
    {
        var start = new ProcessStartInfo(program) { ArgumentList = { command }, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NETCLAW_HOME"] = daemon.Home.Root;
        start.Environment["DOTNET_TieredPGO"] = "0";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var elapsed = clock.Elapsed.TotalMilliseconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"netclaw {command} exited {process.ExitCode}: {await output}{await errors}");
        }

        return elapsed;
    }
}
