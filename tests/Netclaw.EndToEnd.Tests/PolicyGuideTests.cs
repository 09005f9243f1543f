using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Testing;

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

    /// <summary>A file that others write to before and after keeps what they wrote.</summary>
    [Fact]
    public async Task Answers_StandBetweenWhatOthersWrite_InTheSameFile()
    {
        await using var machine = new Machine();
        const string Asked = """{"transport":"control","daemonUid":7,"peer":{"uid":7,"descends":false}}""";
        await using var shell = machine.StartProgram("/bin/sh", null, "-c", $"(echo before; echo '{Asked}' | \"$0\" policy explain --json; echo after) > all", Executables.CommandLine);
        (await shell.FinishAsync()).Expect(0);
        var lines = await File.ReadAllLinesAsync(Path.Combine(machine.Root, "all"));
        Assert.Equal(["before", "after"], [lines[0], lines[^1]]);
        Assert.Contains("\"outcome\":\"granted\"", Assert.Single(lines[1..^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExitCode_SaysThatALineWasNoQuestion()
    {
        await using var machine = new Machine();
        var finished = (await machine.RunAsync("{}\n{\"rol\":1}\n", ["policy", "explain", "--json"])).Expect(Netclaw.Protocol.ExitCodes.Usage);
        Assert.Contains("did you mean role?", finished.Out, StringComparison.Ordinal);
        Assert.Equal(2, finished.Out.Split('\n')[..^1].Length);
    }

    [Fact]
    public async Task Schema_IsThePublishedOne()
    {
        await using var machine = new Machine();
        var printed = (await machine.RunAsync("policy", "schema")).Expect(0).Json();
        using var published = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Guide())!, "..", "policy.schema.json")));
        Assert.True(System.Text.Json.JsonElement.DeepEquals(published.RootElement, printed));
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
