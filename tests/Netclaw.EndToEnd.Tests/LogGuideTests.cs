using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>docs/guides/logs.md: its commands typed as they stand, its logrotate file given to logrotate.</summary>
public sealed partial class LogGuideTests
{
    [Fact]
    public async Task EveryCommandOfTheGuide_ShowsWhatTheDaemonWrote()
    {
        await using var machine = new Machine();
        machine.Variables["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{Environment.GetEnvironmentVariable("PATH")}";
        await machine.UpAsync();
        await machine.CodeAsync();
        File.Move(machine.Home.DaemonLog, machine.Home.DaemonLog + ".1");

        await using var shell = machine.StartProgram("/bin/bash", null, "-euo", "pipefail", "-c", Block(await File.ReadAllTextAsync(Guide()), "sh"));
        var shown = (await shell.FinishAsync()).Expect(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var log = await LinesAsync(machine.Home.DaemonLog);
        Assert.Equal([.. log.TakeLast(50), .. log.TakeLast(5), (await LinesAsync(machine.Home.AuditLog))[^1]], shown);
    }

    [WithProgramFact(WithProgramFactAttribute.Logrotate)]
    public Task Logrotate_LosesNoLine_OfTheFileOrOfWhoFollows() => RotateAsync("");

    [WithProgramFact(WithProgramFactAttribute.Logrotate)]
    public Task Logrotate_LosesNoLine_WhenItCopiesAndTruncates() => RotateAsync("copytruncate");

    private static async Task RotateAsync(string addition)
    {
        await using var machine = new Machine();
        var configuration = Path.Combine(machine.Root, "logrotate.conf");
        await File.WriteAllTextAsync(configuration, Block(await File.ReadAllTextAsync(Guide()), "logrotate")
            .Replace("/home/me/.netclaw", machine.Root, StringComparison.Ordinal)
            .Replace("su me me", UserId.Current == UserId.Root ? "su root root" : "", StringComparison.Ordinal)
            .Replace("nocreate", addition.Length > 0 ? addition : "nocreate", StringComparison.Ordinal));
        await File.WriteAllTextAsync(machine.Home.ConfigFile, """{"logging":{"level":"Debug"}}""");
        await machine.UpAsync();
        await using var following = machine.Start(null, "logs", "-f", "-n", "100000");

        for (var rotation = 1; rotation <= 3; rotation++)
        {
            await machine.CodeAsync();
            await ShownAsync(machine, following);
            await using var logrotate = machine.StartProgram(
                WithProgramFactAttribute.Logrotate, null, "--force", "--state", Path.Combine(machine.Root, "logrotate.state"), configuration);
            Assert.Equal("", (await logrotate.FinishAsync()).Expect(0).Error);
            await machine.CodeAsync();
        }

        (await machine.RunAsync("down")).Expect(0);
        await ShownAsync(machine, following);
        Assert.Equal([true, true, true, false], Enumerable.Range(1, 4).Select(number => File.Exists(FormerFiles.NameOf(machine.Home.DaemonLog, number))));
        Assert.DoesNotContain('\0', await File.ReadAllTextAsync(machine.Home.DaemonLog));
        Assert.EndsWith("stopped", (await LinesAsync(machine.Home.DaemonLog))[^1], StringComparison.Ordinal);
        Assert.Equal(6, (await LinesAsync(machine.Home.AuditLog)).Count(line => line.Contains("device.pair.code.create", StringComparison.Ordinal)));
    }

    /// <summary>Until all that is in the files was shown, and nothing else.</summary>
    private static Task ShownAsync(Machine machine, Running following) => Eventually.TrueAsync(
        async () => following.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).SequenceEqual(await LinesAsync(machine.Home.DaemonLog)),
        "every line is shown once, in order", seconds: 20);

    /// <summary>Of the former files too, oldest first.</summary>
    private static async Task<List<string>> LinesAsync(string path)
    {
        var lines = new List<string>();
        for (var number = FormerFiles.Most; number >= 0; number--)
        {
            var name = FormerFiles.NameOf(path, number);
            lines.AddRange(File.Exists(name) ? await File.ReadAllLinesAsync(name) : []);
        }

        return lines;
    }

    private static string Block(string guide, string kind) =>
        Assert.Single(Fence().Matches(guide), block => block.Groups["kind"].Value == kind).Groups["text"].Value;

    private static string Guide()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Netclaw.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("the repository was not found");
        }

        return Path.Combine(directory.FullName, "docs", "guides", "logs.md");
    }

    [GeneratedRegex("```(?<kind>[a-z]+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
