using Netclaw.EndToEnd.Tests.Backups;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>docs/guides/spawning.md, typed as it stands, where an agent is configured.</summary>
public sealed class SpawnGuideTests
{
    [Fact]
    public async Task EveryBlockOfTheGuide_Works()
    {
        await using var model = await LocalModel.StartAsync();
        await using var host = new Machine();
        host.Variables["HOME"] = host.Root;
        host.Variables["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{Environment.GetEnvironmentVariable("PATH")}";
        File.WriteAllText(host.Home.ConfigFile, $$"""{ "agents": { "main": {{model.Entry()}} } }""");
        await host.UpAsync();
        var blocks = await GuideBlock.ReadAsync("spawning.md", "sh");
        Assert.True(blocks.Count >= 5, $"{blocks.Count} blocks");

        foreach (var block in blocks)
        {
            await using var shell = host.StartProgram("/bin/bash", null, "-e", "-c", block.Command);
            (await shell.FinishAsync()).Expect(ExitCodes.Ok);
        }

        await Eventually.TrueAsync(async () => (await host.RunAsync("sessions", "history", "main")).Out.Contains("How many files are here?", StringComparison.Ordinal), "the agent's answer");
        Assert.Empty((await host.JsonAsync("runs", "list", "--active")).GetProperty("runs").EnumerateArray());

        var settings = Assert.Single(await GuideBlock.ReadAsync("spawning.md", "json"));
        File.WriteAllText(host.Home.ConfigFile, settings.Command);
        (await host.RunAsync("config", "check")).Expect(ExitCodes.Ok);
    }
}
