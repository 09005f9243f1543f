using System.Text.Json.Nodes;
using Netclaw.Actors.Conversations;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>No agent is configured: whatever would ask one says which lines are missing.</summary>
public sealed class NoAgentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMessageToAnAgent_NamesTheTwoLines(bool native)
    {
        await using var host = await GatewayHost.StartAsync();
        await using var peer = await Peer.OperatorAsync(host, native);

        var refused = await peer.CallAsync("agent", new JsonObject { ["message"] = "hello", ["idempotencyKey"] = "r1" });

        Assert.Equal("no_agent", Peer.Code(refused));
        Assert.Contains(OneLine(CatalogueDecider.TwoLines), OneLine(refused.GetProperty("error").GetProperty("message").GetString()!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJobThatAsksAnAgent_EndsWithTheTwoLines()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var peer = await Peer.OperatorAsync(host, native: true);
        var job = await peer.GetAsync("cron.add", JsonNode.Parse(
            """{"name":"tea","schedule":{"kind":"every","everyMs":3600000},"sessionTarget":"main","wakeMode":"now","payload":{"kind":"agentTurn","message":"Is it time for tea?"}}""")!);
        var id = job.GetProperty("id").GetString();

        await peer.GetAsync("cron.run", new JsonObject { ["id"] = id });

        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        System.Text.Json.JsonElement runs;
        while ((runs = await peer.GetAsync("cron.runs", new JsonObject { ["id"] = id })).GetProperty("entries").GetArrayLength() == 0)
        {
            await Task.Delay(20, limit.Token);
        }

        var run = runs.GetProperty("entries")[0];
        Assert.Equal("error", run.GetProperty("status").GetString());
        Assert.Contains(CatalogueDecider.TwoLines, run.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Netclaw's own client takes what moves a cursor out of a gateway's messages.</summary>
    private static string OneLine(string text) => text.Replace('\n', ' ');
}
