using System.Collections.Concurrent;
using System.Diagnostics;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// <c>netclaw backup create</c> of a journal of 100 MB while its daemon takes 1,000 durable writes a second and pairs devices: what a device that pairs notices of it. Before each
/// backup, the same load without one. Daemon, backup, writers and pairing devices share the cores.
/// </summary>
internal static class BackupBenchmark
{
    private const int Rounds = 5;

    /// <summary>At four events each, which make 100 MB of them.</summary>
    private const int Devices = 45_000;

    private const int WritesPerSecond = 1_000;
    private const int PairingsPerSecond = 20;
    private const int Connections = 4;

    /// <summary>Each has one call open at a time; a connection has no more than 16.</summary>
    private const int WritersPerConnection = 12;

    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(4);
    private static int _devices;

    public static async Task RunAsync()
    {
        var home = DaemonProcess.NewHome();
        try
        {
            await (await DaemonProcess.StartAsync(home)).DisposeAsync();
            await StartUpBenchmark.FillAsync(home, Devices);
            await using var daemon = await DaemonProcess.StartAsync(home);
            await MeasureAsync(daemon);
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }
    }

    private static async Task MeasureAsync(DaemonProcess daemon)
    {
        Figures.Line($"journal of {new FileInfo(daemon.Home.JournalDatabase).Length / 1e6:N0} MB");
        var (quiet, busy, took) = (new List<Load>(), new List<Load>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var alone = await LoadAsync(daemon, Task.Delay(Alone));
            var backup = BackUpAsync(daemon.Home);
            var beside = await LoadAsync(daemon, backup);
            Figures.Line($"round {round + 1}: backup {await backup:N0} ms; pairing p99 {beside.PairingP99:N1} ms during it, {alone.PairingP99:N1} ms without; write p99 {beside.WriteP99:N1} ms, {alone.WriteP99:N1} ms; {beside.Rate:N0}/s, {alone.Rate:N0}/s written");
            if (round >= 0)
            {
                quiet.Add(alone);
                busy.Add(beside);
                took.Add(await backup);
            }
        }

        Figures.Summary("backup, whole command", took, "ms");
        Figures.Summary("pairing p99 during it", [.. busy.Select(each => each.PairingP99)], "ms");
        Figures.Summary("pairing p99 without it (control)", [.. quiet.Select(each => each.PairingP99)], "ms");
        Figures.Summary("write p99 during it", [.. busy.Select(each => each.WriteP99)], "ms");
        Figures.Summary("write p99 without it (control)", [.. quiet.Select(each => each.WriteP99)], "ms");
        Figures.Summary($"writes during it ({WritesPerSecond:N0}/s asked)", [.. busy.Select(each => each.Rate)], "/s");
    }

    /// <summary>Writes and pairings on their schedule until something has ended; each is timed from the moment it was due.</summary>
    private static async Task<Load> LoadAsync(DaemonProcess daemon, Task until)
    {
        await using var approver = await PairedDevices.OperatorAsync(daemon);
        var writes = new ConcurrentBag<double>();
        var pairings = new ConcurrentBag<double>();
        using var key = await PairedDevices.PairByRequestAsync(daemon, approver, $"bench-{_devices++}");
        var clock = Stopwatch.StartNew();
        var operators = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => PairedDevices.OperatorAsync(daemon)));
        try
        {
            await Task.WhenAll(
            [
                ScheduleAsync(until, PairingsPerSecond, pairings, async _ => (await PairedDevices.PairByRequestAsync(daemon, approver, $"bench-{_devices++}")).Dispose()),
                .. operators.SelectMany((host, number) => Enumerable.Range(0, WritersPerConnection).Select(writer => ScheduleAsync(
                    until, (double)WritesPerSecond / (Connections * WritersPerConnection), writes, turn => RenameAsync(host, key.Public.DeviceId, $"written {number} {writer} {turn}")))),
            ]);
        }
        finally
        {
            foreach (var host in operators)
            {
                await host.DisposeAsync();
            }
        }

        return new Load(Figures.Percentile(pairings, 99), Figures.Percentile(writes, 99), writes.Count / clock.Elapsed.TotalSeconds);
    }

    private static async Task ScheduleAsync(Task until, double perSecond, ConcurrentBag<double> took, Func<int, Task> once)
    {
        var clock = Stopwatch.StartNew();
        for (var turn = 0; !until.IsCompleted; turn++)
        {
            var due = TimeSpan.FromSeconds(turn / perSecond);
            if (due - clock.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }

            await once(turn);
            took.Add((clock.Elapsed - due).TotalMilliseconds);
        }
    }

    private static Task RenameAsync(GatewayConnection host, DeviceId device, string label) => host.CallAsync(
        PairRenameParams.Method, new PairRenameParams(device, label), ProtocolJson.Default.PairRenameParams, ProtocolJson.Default.PairRenameResult, CancellationToken.None);

    /// <returns>Milliseconds, from exec to exit.</returns>
    private static async Task<double> BackUpAsync(NetclawHome home)
    {
        var archive = Path.Combine(home.Root, "bench.backup");
        var start = new ProcessStartInfo(Published.Cli, ["backup", "create", "--to", archive, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NETCLAW_HOME"] = home.Root;
        start.Environment["NETCLAWD"] = Published.Daemon;
        start.Environment["DOTNET_TieredPGO"] = "0";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var elapsed = clock.Elapsed.TotalMilliseconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"the backup exited {process.ExitCode}: {await output}{await errors}");
        }

        File.Delete(archive);
        return elapsed;
    }

    private sealed record Load(double PairingP99, double WriteP99, double Rate);
}
