using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>The released node host and command line: a node joins, asks once, and is approved.</summary>
public sealed class WholeNodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [WithWholeClientFact]
    public async Task NodeHost_Joins_IsListedAsPending_AndApprovedByTheirCommandLine()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        var client = new WholeClient(host, "client", token);
        await using var node = client.Start("node", "node", "run", "--host", "127.0.0.1", "--port", new Uri(url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--no-tls", "--display-name", "den");

        var request = await WaitAsync(host, "pending-approval");
        var websocket = url.Replace("http://", "ws://", StringComparison.Ordinal);
        Assert.Contains("den", await client.RunAsync("nodes", "list", "--url", websocket, "--token", token), StringComparison.Ordinal);
        await client.RunAsync("nodes", "approve", request.GetProperty("pendingRequestId").GetString()!, "--url", websocket, "--token", token);

        var approved = await WaitAsync(host, "approved");
        Assert.Contains("system.which", approved.GetProperty("commands").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("den", await client.RunAsync("nodes", "list", "--url", websocket, "--token", token), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> WaitAsync(Machine host, string state)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var nodes = (await host.RunAsync("nodes", "list", "--json")).Expect(0).Json.GetProperty("nodes").EnumerateArray();
            if (nodes.FirstOrDefault(node => node.GetProperty("approvalState").GetString() == state) is { ValueKind: JsonValueKind.Object } found)
            {
                return found;
            }

            await Task.Delay(500, limit.Token);
        }
    }
}
