using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>The whole visit in every condition of the daemon, where the home can be written and where it cannot: each check has its result, and nothing is changed.</summary>
public sealed class ConditionTests
{
    private const string ReadOnly = "mount --bind . . && mount -o remount,ro,bind . && exec $netclaw doctor --json";

    [Theory]
    [InlineData("up", ExitCodes.Ok)]
    [InlineData("down", ExitCodes.Warned)]
    [InlineData("killed", ExitCodes.Warned)]
    [InlineData("wedged", ExitCodes.Failed)]
    public Task Visit_ComesToItsEnd_AndChangesNothing(string condition, int exit) => VisitAsync(condition, exit, machine => machine.RunAsync("doctor", "--json"));

    [AsRootTheory]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("killed")]
    [InlineData("wedged")]
    public async Task Visit_ComesToItsEnd_OnAFileSystemThatIsReadOnly(string condition)
    {
        var report = await VisitAsync(condition, ExitCodes.Failed, machine => Scenario.ScriptAsync(machine, "unshare", ["-m", "--propagation", "private"], "", ReadOnly));

        Assert.Contains("home_read_only", Ids(report));
        Assert.DoesNotContain("check_failed", Ids(report));
    }

    private static async Task<JsonElement> VisitAsync(string condition, int exit, Func<Machine, Task<Finished>> visit)
    {
        await using var machine = new Machine();
        await machine.UpAsync();
        await machine.CodeAsync();
        switch (condition)
        {
            case "down":
                await machine.JsonAsync("down");
                break;
            case "killed":
                await machine.KillDaemonAsync();
                break;
            case "wedged":
                Signal.Send(machine.DaemonPid, Signal.Stop);
                break;
        }

        try
        {
            var before = Files(machine);
            var report = (await visit(machine)).Expect(exit).Json();
            var checks = report.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("id").GetString()!, check => check.GetProperty("state").GetString());
            Assert.Equal(19, checks.Count);
            Assert.Equal("ok", checks["journal"]);
            Assert.Equal("ok", checks["identity"]);
            Assert.Equal(condition switch { "up" => "ok", "wedged" => "error", _ => "warning" }, checks["daemon"]);
            Assert.Equal(condition == "up" ? "ok" : "skipped", checks["pairing"]);
            if (condition != "up")
            {
                Assert.Equal(before, Files(machine));
            }

            return report;
        }
        finally
        {
            if (condition == "wedged")
            {
                Signal.Send(machine.DaemonPid, Signal.Continue);
            }
        }
    }

    private static IEnumerable<string?> Ids(JsonElement report) =>
        report.GetProperty("checks").EnumerateArray().SelectMany(check => check.GetProperty("findings").EnumerateArray()).Select(finding => finding.GetProperty("id").GetString());

    /// <summary>Names and contents; the index of a log that a killed daemon left is a reader's to make again.</summary>
    private static List<string> Files(Machine machine) => [.. Directory.EnumerateFiles(machine.Root, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".sock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")];
}
