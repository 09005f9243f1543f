using System.Diagnostics;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// <c>netclaw doctor</c>, every check, as a whole process on a normal home with its daemon up and down; beside it, in turns, the process of netclawd that it starts, alone,
/// and <c>netclaw --version</c>: what the process costs before it looks at anything.
/// </summary>
internal static class DoctorBenchmark
{
    private const int Rounds = 5;
    private const int Runs = 5;

    public static async Task RunAsync()
    {
        List<double> up, examine, version, down;
        var place = DaemonProcess.NewHome();
        var home = place.Root;

        // The default port may be somebody's on this machine, which the doctor would rightly call an error.
        await File.WriteAllTextAsync(place.ConfigFile, """{"listen":{"port":0}}""");
        var daemon = await DaemonProcess.StartAsync(place);
        await using (daemon)
        {
            (up, examine, version) = await RoundsAsync(home);
        }

        (down, _, _) = await RoundsAsync(home);
        Directory.Delete(home, recursive: true);
        Figures.Summary("netclaw doctor, daemon up, whole process (goal 300)", up, "ms");
        Figures.Summary("the same, daemon killed", down, "ms");
        Figures.Summary("netclawd offline examine alone", examine, "ms");
        Figures.Summary("netclaw --version, whole process (control)", version, "ms");
    }

    /// <returns>The median of each round.</returns>
    private static async Task<(List<double> Doctor, List<double> Examine, List<double> Version)> RoundsAsync(string home)
    {
        var (doctor, examine, version) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var took = new List<double[]>();
            for (var run = 0; run < Runs; run++)
            {
                took.Add([await OnceAsync(home, Published.Cli, "doctor"), await OnceAsync(home, Published.Daemon, "offline", "examine"), await OnceAsync(home, Published.Cli, "--version")]);
            }

            if (round >= 0)
            {
                doctor.Add(Figures.Median(took.Select(each => each[0])));
                examine.Add(Figures.Median(took.Select(each => each[1])));
                version.Add(Figures.Median(took.Select(each => each[2])));
            }
        }

        return (doctor, examine, version);
    }

    private static async Task<double> OnceAsync(string home, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NETCLAW_HOME"] = home;
        start.Environment["NETCLAWD"] = Published.Daemon;
        start.Environment["DOTNET_TieredPGO"] = "0";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var elapsed = clock.Elapsed.TotalMilliseconds;

        // 2: only warnings, as with a daemon that is down.
        return process.ExitCode is 0 or 2 ? elapsed : throw new InvalidOperationException($"{string.Join(' ', arguments)} exited {process.ExitCode}: {await output}{await errors}");
    }
}
