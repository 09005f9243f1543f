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
        var version = new List<double>();
        await OnceAsync(daemon, "status");
        await OnceAsync(daemon, "--version");
        for (var run = 0; run < Runs; run++)
        {
            status.Add(await OnceAsync(daemon, "status"));
            version.Add(await OnceAsync(daemon, "--version"));
        }

        Figures.Summary("netclaw status, whole process (goal 140)", status, "ms");
        Figures.Summary("netclaw --version, whole process (control)", version, "ms");
    }

    private static async Task<double> OnceAsync(DaemonProcess daemon, string command)
    {
        var start = new ProcessStartInfo(Published.Cli) { ArgumentList = { command }, RedirectStandardOutput = true, RedirectStandardError = true };
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
