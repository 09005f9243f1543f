using System.Diagnostics;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// From exec to the first 200 of /readyz, published ReadyToRun: with no device, with 100,000 from a snapshot, and with them from 400,000 events whose snapshot
/// was lost; beside it, a bare Kestrel process to its first line.
/// </summary>
internal static class StartUpBenchmark
{
    private const int Runs = 9;
    private const int Devices = 100_000;
    private const int Workers = 64;

    /// <summary>To the requested and approved of each device: renames, as many as make the journal this long.</summary>
    private const int Events = 400_000;

    public static async Task RunAsync()
    {
        var home = DaemonProcess.NewHome();
        try
        {
            await (await DaemonProcess.StartAsync(home)).DisposeAsync();
            await ReportAsync("start to ready, no devices (goal 350)", home);
            await FillAsync(home, Devices);
            await ReportAsync($"start to ready, {Devices:N0} devices (goal 900)", home);
            await ReportAsync($"start to ready, {Events:N0} events, no snapshot (goal 2500)", home, cold: true);
            var control = new List<double>();
            for (var run = 0; run < Runs; run++)
            {
                var clock = Stopwatch.StartNew();
                await using var bare = await BareServer.StartAsync();
                control.Add(clock.Elapsed.TotalMilliseconds);
            }

            Figures.Summary("bare Kestrel hub to listening, JIT (control)", control, "ms");
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }
    }

    /// <param name="cold">Takes the snapshots away before each start; a killed daemon has written no new one.</param>
    private static async Task ReportAsync(string what, Netclaw.Protocol.NetclawHome home, bool cold = false)
    {
        var times = new List<double>();
        for (var run = 0; run <= Runs; run++)
        {
            if (cold)
            {
                Array.ForEach(Directory.GetFiles(home.StateDirectory, Path.GetFileName(home.SnapshotDatabase) + "*"), File.Delete);
            }

            await using var daemon = await DaemonProcess.StartAsync(home);
            if (run > 0)
            {
                times.Add(daemon.ReadyAfter.TotalMilliseconds);
            }
        }

        Figures.Summary(what, times, "ms");
    }

    /// <summary>With devices that are paired; no daemon runs on it.</summary>
    public static async Task FillAsync(Netclaw.Protocol.NetclawHome home, int devices)
    {
        await using var registry = await RegistryOnDisk.OpenAsync(home);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < devices; number = Interlocked.Increment(ref next))
            {
                var key = RegistryOnDisk.KeyOf(number);
                await registry.RequestAndApproveAsync(key, $"device {number}", $"192.0.2.{worker}");
                for (var rename = 2; rename < Events / Devices; rename++)
                {
                    await registry.RenameAsync(key.DeviceId, $"device {number} {rename}");
                }

                if (number % 20_000 == 0)
                {
                    Console.Error.WriteLine($"{number:N0} devices paired");
                }
            }
        })));
    }
}
