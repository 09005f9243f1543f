using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.EndToEnd.Tests;

/// <summary>docs/guides/policy.md, typed as it stands.</summary>
public sealed partial class PolicyGuideTests
{
    [Fact]
    public async Task EveryCommandOfTheGuide_PrintsWhatTheGuideShows()
    {
        await using var machine = new Machine();
        machine.Variables["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{Environment.GetEnvironmentVariable("PATH")}";
        var examples = Example().Matches(await File.ReadAllTextAsync(Guide()));
        Assert.Equal(2, examples.Count);
        foreach (Match example in examples)
        {
            await using var shell = machine.StartProgram("/bin/bash", null, "-c", example.Groups["command"].Value);
            var finished = await shell.FinishAsync();
            Assert.Equal(example.Groups["shown"].Value, finished.Out);
            Assert.Equal("", finished.Error);
        }
    }

    private static string Guide()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Netclaw.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("the repository was not found");
        }

        return Path.Combine(directory.FullName, "docs", "guides", "policy.md");
    }

    [GeneratedRegex("```sh\n(?<command>.*?)```\n\n```text\n(?<shown>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
