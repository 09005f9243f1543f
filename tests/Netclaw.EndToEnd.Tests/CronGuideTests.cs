using System.Net;
using System.Net.Sockets;
using Netclaw.EndToEnd.Tests.Backups;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>docs/guides/cron.md, typed as it stands, with its receiver of webhooks beside it.</summary>
public sealed class CronGuideTests
{
    private const string Port = "8080";

    [WithProgramFact(WithProgramFactAttribute.Python)]
    public async Task EveryCommandOfTheGuide_Works_AndItsReceiverTakesWhatIsPosted()
    {
        await using var host = new Machine();
        host.Variables["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{Environment.GetEnvironmentVariable("PATH")}";
        await host.UpAsync();
        var port = FreePort();
        var receiver = Assert.Single(await GuideBlock.ReadAsync("cron.md", "python")).Command.Replace(Port, port, StringComparison.Ordinal);
        await using var hook = host.StartProgram(WithProgramFactAttribute.Python, null, "-c", receiver, host.Home.WebhookKey);
        var blocks = await GuideBlock.ReadAsync("cron.md", "sh");
        Assert.True(blocks.Count >= 7, $"{blocks.Count} blocks");

        foreach (var block in blocks)
        {
            await using var shell = host.StartProgram("/bin/bash", null, "-e", "-c", block.Command.Replace(Port, port, StringComparison.Ordinal));
            (await shell.FinishAsync()).Expect(ExitCodes.Ok);
        }

        await Eventually.TrueAsync(() => Task.FromResult(hook.Out.Contains("report ok", StringComparison.Ordinal)), "the post");
        await host.JsonAsync("cron", "run", "probe");
        await Eventually.TrueAsync(async () => (await host.JsonAsync("cron", "runs", "probe")).GetProperty("total").GetInt32() == 1, "the run's end");
        var probed = (await host.JsonAsync("cron", "runs", "probe")).GetProperty("entries")[0];
        Assert.Equal("ok", probed.GetProperty("status").GetString());
        Assert.DoesNotContain("night", (await host.RunAsync("cron", "list", "--all")).Expect(ExitCodes.Ok).Out, StringComparison.Ordinal);
        await host.JsonAsync("down");
    }

    private static string FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
