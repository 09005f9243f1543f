using System.Diagnostics;
using System.Globalization;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.EndToEnd.Tests;

/// <summary>The process that restores is killed at any moment, through the command line that a person uses, and the same command is then given again.</summary>
public sealed class RestoreCrashTests(ITestOutputHelper output)
{
    private static readonly int Kills = TestRun.IsLong ? 300 : 12;

    [Fact]
    public async Task ARestoreThatWasKilled_IsCompleted_ByTheSameCommand()
    {
        output.WriteLine($"seed {TestRun.Seed}");
        var random = new Random(TestRun.Seed);
        await using var gateway = new Machine();
        await using var laptop = new Machine();
        await using var tablet = new Machine();
        await gateway.UpAsync();
        var port = gateway.Port;
        await laptop.PairWithAsync(gateway, "--name", "laptop");
        await tablet.PairWithAsync(gateway, "--name", "tablet");
        var archive = (await gateway.JsonAsync("backup", "create")).GetProperty("file").GetString()!;
        await gateway.JsonAsync("devices", "revoke", "tablet", "--yes");
        await gateway.JsonAsync("down");
        var watch = Stopwatch.StartNew();
        await gateway.JsonAsync("backup", "restore", archive, "--yes");
        var whole = watch.ElapsedMilliseconds;
        var killed = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            killed += await KillAsync(gateway, archive, TimeSpan.FromMilliseconds(random.NextDouble() * whole)) ? 1 : 0;
            await gateway.JsonAsync("backup", "restore", archive, "--yes");
            await gateway.UpAsync(port);

            Assert.False(File.Exists(gateway.Home.RestoreOrder) || Directory.Exists(gateway.Home.Restoring), $"kill {kill}: something of the restore is left over");
            Assert.Equal("device-key", (await laptop.JsonAsync("status")).GetProperty("reachedBy").GetProperty("method").GetString());
            Assert.Contains("device_revoked", (await tablet.RunAsync("status", "--json")).Error, StringComparison.Ordinal);
            Assert.Equal("healthy", (await gateway.JsonAsync("recover", "local-access")).GetProperty("outcome").GetString());
            await gateway.JsonAsync("down");
        }

        output.WriteLine($"{killed} of {Kills} were killed before their end, which takes {whole} ms");
        Assert.True(killed >= Kills / 6, $"only {killed} were killed");
    }

    /// <returns>False when it came to its end first.</returns>
    private static async Task<bool> KillAsync(Machine gateway, string archive, TimeSpan after)
    {
        await using var restore = gateway.Start(null, "backup", "restore", archive, "--yes", "--json");
        await Task.Delay(after);
        var inside = Children(restore.Pid);
        foreach (var child in inside)
        {
            Kill(child);
        }

        var finished = await restore.FinishAsync();
        return inside.Count > 0 && finished.ExitCode != ExitCodes.Ok;
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It came to its end meanwhile.
        }
    }

    private static List<int> Children(int parent)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
