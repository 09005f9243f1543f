using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Backups;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>docs/guides/nodes.md, typed as it stands: on the gateway's machine, or on the node where a block says so. What stays in the foreground is left running.</summary>
public sealed partial class NodeGuideTests
{
    private const string OnNode = "# on the node\n";
    private const string First = "# in one terminal\n";
    private const string Second = "# in another one\n";

    [Fact]
    public async Task EveryCommandOfTheGuide_Works_AndPrintsWhatTheGuideShows()
    {
        await using var gateway = new Machine();
        await using var den = new Machine();
        await gateway.UpAsync();
        string? code = null;
        Running? node = null, waiting = null;
        var blocks = await GuideBlock.ReadAsync("nodes.md", "sh");
        Assert.True(blocks.Count >= 13, $"{blocks.Count} blocks");
        try
        {
            foreach (var block in blocks)
            {
                var command = block.Command.Replace("http://127.0.0.1:5199", gateway.Url, StringComparison.Ordinal);
                if (command.StartsWith(OnNode + "netclaw node run", StringComparison.Ordinal))
                {
                    await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
                    node = Type(den, command.Replace("netclaw node run", "exec netclaw node run", StringComparison.Ordinal), code + "\n");
                    await Eventually.TrueAsync(() => Task.FromResult(node.Error.Contains("Connected", StringComparison.Ordinal)), "the node is there");
                    await Eventually.TrueAsync(async () => (await gateway.RunAsync("nodes", "list")).Out.Contains("connected", StringComparison.Ordinal), "the gateway knows it");
                    continue;
                }

                if (command.StartsWith(First, StringComparison.Ordinal))
                {
                    waiting = Type(gateway, command);
                    await Eventually.TrueAsync(async () => (await gateway.JsonAsync("approvals", "list")).GetProperty("pending").GetArrayLength() == 1, "a question");
                    continue;
                }

                await using var shell = Type(command.StartsWith(OnNode, StringComparison.Ordinal) ? den : gateway, command);
                var finished = (await shell.FinishAsync()).Expect(ExitCodes.Ok);
                code ??= Code().Match(finished.Out).Value;
                if (block.Shown is { } shown)
                {
                    Assert.Equal(Alike(shown), Alike(finished.Out));
                }

                if (command.StartsWith(Second, StringComparison.Ordinal))
                {
                    var answer = (await waiting!.FinishAsync()).Expect(ExitCodes.Ok).Out;
                    await waiting.DisposeAsync();
                    waiting = null;
                    Assert.Contains("\"stdout\": \"UTC\\n\"", answer, StringComparison.Ordinal);
                }
            }

            Assert.Contains("device_revoked", (await node!.FinishAsync()).Error, StringComparison.Ordinal);
        }
        finally
        {
            await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (waiting?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static Running Type(Machine machine, string command, string? input = null)
    {
        machine.Variables["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{Environment.GetEnvironmentVariable("PATH")}";
        return machine.StartProgram("/bin/bash", input, "-e", "-c", command);
    }

    /// <summary>Ids and what is left of a time are whatever they are.</summary>
    private static string Alike(string printed) => Varying().Replace(printed, "~");

    [GeneratedRegex(@"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"ap_[0-9a-z]{16}|\([0-9a-f]{8}\)|in [0-9]+ (s|min)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Varying();
}
