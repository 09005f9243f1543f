using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.EndToEnd.Tests.Backups;

/// <summary>The line that cron runs, run as cron runs it; and a real crontab, left as it was.</summary>
public sealed class ScheduleTests
{
    private const string Odd = "my home 100%'x \"$HOME\" %%";

    [Fact]
    public async Task Line_MakesArchives_WithoutADaemon_AndSaysNothing()
    {
        await using var machine = await MachineAsync();
        var backups = Path.Combine(machine.Root, Odd, "backups");
        var line = await LineAsync(machine, "--keep", "2");

        for (var run = 0; run < 3; run++)
        {
            var finished = (await RunAsync(machine, line)).Expect(0);
            Assert.Equal(("", ""), (finished.Out, finished.Error));
        }

        var archives = Directory.GetFiles(backups);
        Assert.Equal(2, archives.Length);
        foreach (var archive in archives)
        {
            Assert.True((await machine.JsonAsync("backup", "verify", archive)).GetProperty("sound").GetBoolean());
        }

        Assert.False(File.Exists(Path.Combine(machine.Root, Odd, "logs", "backup.log")) && new FileInfo(Path.Combine(machine.Root, Odd, "logs", "backup.log")).Length > 0);
    }

    [Fact]
    public async Task Line_WritesWhatWentWrongIntoTheLog_AndWhen()
    {
        await using var machine = await MachineAsync();
        var line = await LineAsync(machine);
        await File.WriteAllTextAsync(Path.Combine(machine.Root, Odd, "keys", "journal.key"), "no key");

        var finished = await RunAsync(machine, line);

        Assert.Equal(("", ""), (finished.Out, finished.Error));
        var log = await File.ReadAllTextAsync(Path.Combine(machine.Root, Odd, "logs", "backup.log"));
        Assert.Contains("key_unreadable", log, StringComparison.Ordinal);
        Assert.Matches("[0-9]{2}:[0-9]{2}:[0-9]{2}", log.TrimEnd('\n').Split('\n')[^1]);
        Assert.Empty(Directory.GetFiles(Path.Combine(machine.Root, Odd, "backups")));
    }

    [WithProgramFact(WithProgramFactAttribute.Crontab)]
    public async Task RealCrontab_TakesTheLine_AndIsLeftAsItWas()
    {
        await using var machine = await MachineAsync();
        var before = await TableAsync(machine);
        try
        {
            var scheduled = await machine.JsonAsync("backup", "schedule");
            Assert.Equal("scheduled", scheduled.GetProperty("state").GetString());
            Assert.Equal(before.Out + scheduled.GetProperty("line").GetString() + "\n", (await TableAsync(machine)).Expect(0).Out);

            var replaced = await machine.JsonAsync("backup", "schedule", "--cron", "0 4 * * sun", "--keep", "3");
            Assert.Equal("replaced", replaced.GetProperty("state").GetString());
            Assert.Equal(before.Out + replaced.GetProperty("line").GetString() + "\n", (await TableAsync(machine)).Expect(0).Out);
        }
        finally
        {
            (await machine.RunAsync("backup", "schedule", "--remove")).Expect(0);
        }

        var after = await TableAsync(machine);
        Assert.Equal((before.ExitCode, before.Out), (after.ExitCode, after.Out));
    }

    /// <summary>A gateway that has been set up, in a home with everything in its name that shells and cron read; no daemon runs.</summary>
    private static async Task<Machine> MachineAsync()
    {
        var machine = new Machine();
        machine.Variables["NETCLAW_HOME"] = Path.Combine(machine.Root, Odd);
        await machine.UpAsync();
        (await machine.RunAsync("down")).Expect(0);
        Directory.CreateDirectory(Path.Combine(machine.Root, Odd, "backups"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return machine;
    }

    private static async Task<string> LineAsync(Machine machine, params string[] options) =>
        Assert.Single((await machine.RunAsync(["backup", "schedule", "--print", .. options])).Expect(0).Out.Split('\n')[..^1]);

    /// <summary>What is behind the five fields, escaped percent signs made bare, given to sh with next to no environment (crontab(5)).</summary>
    private static async Task<Finished> RunAsync(Machine machine, string line)
    {
        var command = line.Split(' ', 6)[^1];
        Assert.DoesNotContain('%', command.Replace("\\%", "", StringComparison.Ordinal));
        await using var shell = machine.StartProgram(
            "/usr/bin/env", null, "-i", $"HOME={machine.Root}", "PATH=/usr/bin:/bin", "LOGNAME=me", "/bin/sh", "-c", command.Replace("\\%", "%", StringComparison.Ordinal));
        return await shell.FinishAsync();
    }

    private static async Task<Finished> TableAsync(Machine machine)
    {
        await using var crontab = machine.StartProgram(WithProgramFactAttribute.Crontab, null, "-l");
        return await crontab.FinishAsync();
    }
}
