using System.Globalization;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>The released node host and command line: a node joins, asks once, and is approved.</summary>
public sealed class WholeNodeTests
{
    [WithWholeClientFact]
    public async Task NodeHost_AsksOnce_IsApprovedByTheirCommandLine_ServesWhatItIsAsked_AndComesBackWithoutAPrompt()
    {
        await using var host = new Machine();
        var url = (await host.UpAsync()).Replace("http://", "ws://", StringComparison.Ordinal);
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        string[] there = ["--url", url, "--token", token];
        var client = new WholeClient(host, "client");
        var joining = new WholeClient(host, "node", token);
        string[] run = ["node", "run", "--host", "127.0.0.1", "--port", host.Port.ToString(CultureInfo.InvariantCulture), "--no-tls", "--display-name", "den"];

        await using (joining.Start(run))
        {
            var request = (await StandsAsync(host, "pending-approval")).GetProperty("pendingRequestId").GetString()!;
            Assert.Contains("den", await client.RunAsync(["nodes", "list", .. there]), StringComparison.Ordinal);
            await client.RunAsync(["nodes", "approve", request, .. there]);

            var commands = (await StandsAsync(host, "approved")).GetProperty("commands").EnumerateArray().Select(name => name.GetString()).ToList();
            Assert.Contains("system.which", commands);
            Assert.Contains("den", await client.RunAsync(["nodes", "list", .. there]), StringComparison.Ordinal);

            // Asked by this gateway's own command line, and by theirs.
            Assert.EndsWith("/ls", (await AskAsync(host, "system.which", """{"bins":["ls","no-such-program"]}""")).GetProperty("bins").GetProperty("ls").GetString(), StringComparison.Ordinal);
            Assert.Equal("lent\n", (await AskAsync(host, "system.run", """{"command":["/bin/echo","lent"]}""")).GetProperty("stdout").GetString());
            Assert.Contains("/ls", await client.RunAsync(["nodes", "invoke", "--node", "den", "--command", "system.which", "--params", """{"bins":["ls"]}""", .. there]), StringComparison.Ordinal);

            // Another process of the daemon: the node comes back by itself, and nobody is asked again.
            await host.JsonAsync("down");
            await host.UpAsync(host.Port);
            await StandsAsync(host, "approved", connected: true);
            Assert.Equal("again\n", (await AskAsync(host, "system.run", """{"command":["/bin/echo","again"]}""")).GetProperty("stdout").GetString());
            Assert.Empty((await host.JsonAsync("devices", "list")).GetProperty("pending").EnumerateArray());
        }

        await using (joining.Start(run))
        {
            var back = await StandsAsync(host, "approved", connected: true);
            Assert.False(back.TryGetProperty("pendingRequestId", out _), back.GetRawText());
        }
    }

    private static async Task<JsonElement> AskAsync(Machine host, string command, string parameters) =>
        (await host.JsonAsync("nodes", "invoke", "den", command, "--params", parameters)).GetProperty("payload");

    private static async Task<JsonElement> StandsAsync(Machine host, string state, bool connected = false)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            var nodes = (await host.JsonAsync("nodes", "list")).GetProperty("nodes").EnumerateArray();
            found = nodes.FirstOrDefault(node => node.GetProperty("approvalState").GetString() == state && (!connected || node.GetProperty("connected").GetBoolean()));
            return found.ValueKind == JsonValueKind.Object;
        }, $"a node that is {state}");
        return found;
    }
}
