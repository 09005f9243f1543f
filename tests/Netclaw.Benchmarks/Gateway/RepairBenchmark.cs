using System.Diagnostics;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// Local access lost and repaired with 10,000 devices paired and no daemon running, published ReadyToRun: the repair alone, as netclawd does it, and the whole
/// command with its backup and its proof by real connections. Beside them netclawd doing nothing but reading netclaw.json.
/// </summary>
internal static class RepairBenchmark
{
    private const int Runs = 5;
    private const int Devices = 10_000;

    public static async Task RunAsync()
    {
        var home = DaemonProcess.NewHome();
        try
        {
            await (await DaemonProcess.StartAsync(home)).DisposeAsync();
            await StartUpBenchmark.FillAsync(home, Devices);
            var (repair, whole, control) = (new List<double>(), new List<double>(), new List<double>());
            for (var run = -1; run < Runs; run++)
            {
                File.Delete(home.HostKey);
                var alone = await OnceAsync(home, Published.Daemon, "offline", "recover-repair", "--home", home.Root);
                File.Delete(home.HostKey);
                var proven = await OnceAsync(home, Published.Cli, "recover", "local-access", "--yes", "--json");
                var nothing = await OnceAsync(home, Published.Daemon, "offline", "config-check", "--home", home.Root);
                if (run >= 0)
                {
                    repair.Add(alone);
                    whole.Add(proven);
                    control.Add(nothing);
                }
            }

            Figures.Summary($"repair alone, {Devices:N0} devices (goal 200)", repair, "ms");
            Figures.Summary("plan, backup, repair and proof (goal 1,500)", whole, "ms");
            Figures.Summary("netclawd offline config-check (control)", control, "ms");
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }
    }

    private static async Task<double> OnceAsync(NetclawHome home, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NETCLAW_HOME"] = home.Root;
        start.Environment["NETCLAWD"] = Published.Daemon;
        start.Environment["DOTNET_TieredPGO"] = "0";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var elapsed = clock.Elapsed.TotalMilliseconds;
        return process.ExitCode is 0 or 2 ? elapsed : throw new InvalidOperationException($"{string.Join(' ', arguments)} exited {process.ExitCode}: {await output}{await errors}");
    }
}
