using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>A conversation that is stopped, deleted or begun anew ends what it has started, by either transport; stopping one turn does not.</summary>
public sealed class ConversationEndTests
{
    private const string Main = "agent:main:main";

    [Theory]
    [InlineData(true, "chat.abort", "sessionKey")]
    [InlineData(false, "chat.abort", "sessionKey")]
    [InlineData(true, "sessions.abort", "key")]
    [InlineData(false, "sessions.abort", "key")]
    [InlineData(true, "sessions.reset", "key")]
    [InlineData(false, "sessions.reset", "key")]
    [InlineData(true, "sessions.delete", "key")]
    [InlineData(false, "sessions.delete", "key")]
    public async Task WhatAConversationStarted_EndsWithIt_WithAllBelow_AndNothingElse(bool native, string method, string field)
    {
        await using var house = await AgentHouse.OpenAsync("""{"maxDepth":2}""");
        await using var peer = await Peer.OperatorAsync(house.Host, native);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        house.Bob.Answers(Replies.Calls(("c0", "sessions_spawn", """{"runtime":"command","argv":["sleep","600"],"label":"below"}""")), Replies.HangsAfter(reached, "I wait"));
        var turn = (await peer.GetAsync(RunsSpawnParams.Method, new JsonObject
        {
            ["runtime"] = "subagent", ["agentId"] = "bob", ["task"] = "count", ["parentSessionKey"] = Main, ["scopes"] = new JsonArray("operator.admin"),
        })).GetProperty("runId").GetString()!;
        await reached.Task.WaitAsync(GatewayHost.Bound);
        var program = await SpawnAsync(peer, Main);
        var (others, nobodys) = (await SpawnAsync(peer, "agent:bob:main"), await SpawnAsync(peer, null));

        await house.AskAsync(peer);
        var answer = await peer.GetAsync(method, new JsonObject { [field] = Main });

        var runs = await RunsAsync(peer);
        Assert.Equal(5, runs.Length);
        Assert.All(runs, run => Assert.Equal(run.RunId.ToString() == others || run.RunId.ToString() == nobodys ? "running" : "cancelled", run.Status));
        Assert.Equal(turn, Assert.Single(runs, run => run.Label == "below").ParentRunId.ToString());
        Assert.Contains(program, runs.Select(run => run.RunId.ToString()));
        if (method == "sessions.abort")
        {
            Assert.Equal(("aborted", 0, 3), (answer.GetProperty("status").GetString(), answer.GetProperty("turns").GetInt32(), answer.GetProperty("runs").GetInt32()));
        }

        if (method == "sessions.delete")
        {
            Assert.DoesNotContain(Main, (await peer.GetAsync("sessions.list")).GetProperty("sessions").EnumerateArray().Select(row => row.GetProperty("key").GetString()));
        }
    }

    [Theory]
    [InlineData(true, "chat.abort", "sessionKey")]
    [InlineData(false, "sessions.abort", "key")]
    public async Task StoppingOneTurn_LeavesWhatRuns(bool native, string method, string field)
    {
        await using var house = await AgentHouse.OpenAsync();
        await using var peer = await Peer.OperatorAsync(house.Host, native);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        house.Main.Answers(Replies.HangsAfter(reached, "I think"));
        var program = await SpawnAsync(peer, Main);
        var turn = await house.StartAsync(peer);
        await reached.Task.WaitAsync(GatewayHost.Bound);

        await peer.GetAsync(method, new JsonObject { [field] = Main, ["runId"] = turn });

        Assert.Equal((program, "running"), Assert.Single((await RunsAsync(peer)).Select(run => (run.RunId.ToString(), run.Status))));
    }

    private static async Task<string> SpawnAsync(Peer peer, string? conversation) => (await peer.GetAsync(
        RunsSpawnParams.Method, new JsonObject { ["runtime"] = "command", ["argv"] = new JsonArray("sleep", "600"), ["parentSessionKey"] = conversation })).GetProperty("runId").GetString()!;

    private static async Task<RunRow[]> RunsAsync(Peer peer) => [.. (await peer.GetAsync(RunsListParams.Method)).Deserialize(ProtocolJson.Default.RunsListResult)!.Runs];
}
