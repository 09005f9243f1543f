using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Importing;

/// <summary>docs/guides/import.md, typed as it stands: on the gateway's machine, or on a device where a block says so.</summary>
public sealed partial class ImportGuideTests
{
    [Fact]
    public async Task EveryCommandOfTheGuide_Works_AndPrintsWhatTheGuideShows()
    {
        var path = Path.Combine(Repository.Root, "docs", "guides", "import.md");
        await using var host = new Machine();
        await using var device = new Machine();
        await host.UpAsync();
        var guide = await File.ReadAllTextAsync(path);
        var blocks = Block().Matches(guide);
        Assert.True(blocks.Count >= 7, $"{blocks.Count} blocks");
        foreach (Match block in blocks)
        {
            var command = block.Groups["command"].Value.Replace("http://127.0.0.1:5199", host.Url, StringComparison.Ordinal);
            var machine = command.StartsWith("# on the device", StringComparison.Ordinal) ? device : host;
            machine.Variables["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{Environment.GetEnvironmentVariable("PATH")}";
            await using var shell = machine.StartProgram("/bin/bash", null, "-c", command);
            var finished = await shell.FinishAsync();
            Assert.True(finished.Error.Length == 0, $"{command}\n{finished.Error}");
            if (block.Groups["shown"] is { Success: true } shown)
            {
                if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
                {
                    guide = guide.Replace(block.Value, block.Value.Replace($"```text\n{shown.Value}```", $"```text\n{finished.Out}```", StringComparison.Ordinal), StringComparison.Ordinal);
                    await File.WriteAllTextAsync(path, guide);
                    continue;
                }

                Assert.Equal(shown.Value, finished.Out);
            }
        }
    }

    [GeneratedRegex("```sh\n(?<command>.*?)```\n(\n```text\n(?<shown>.*?)```)?", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
