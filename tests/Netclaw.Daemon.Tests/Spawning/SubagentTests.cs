using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>A model calls <c>sessions_spawn</c>: another agent answers beside the conversation, and the conversation is told once.</summary>
public sealed class SubagentTests
{
    [Fact]
    public async Task AModel_StartsAnotherAgent_WhoseAnswerIsToldToTheConversation_Once()
    {
        await using var house = await AgentHouse.OpenAsync();
        house.Bob.Answers(Replies.Says("There are ", "seven."));
        RunRow run;
        await using (var peer = await Peer.OperatorAsync(house.Host, native: true))
        {
            var spawned = JsonElement.Parse(Assert.Single(await house.CallAsync(peer, house.Main, "main", (ToolNames.SessionsSpawn, """{"task":"count","agentId":"bob","label":"counting"}"""))));
            run = await AgentHouse.OverAsync(peer, spawned.GetProperty("runId").GetString()!);

            Assert.Equal(("accepted", "done", "There are seven.", 1), (spawned.GetProperty("status").GetString(), run.Status, run.Output, run.Depth));
            Assert.Equal("count", house.Bob.Requests.Single().LastOf("user"));
            Assert.Equal(spawned.GetProperty("childSessionKey").GetString(), run.ChildSessionKey.ToString());
            Assert.Equal(1, await ToldAsync(peer, $"{run.RunId} (counting) is done"));
        }

        // The agent reads it with the next question; a daemon that starts again does not tell it twice.
        await house.RestartAsync();
        await using var later = await Peer.OperatorAsync(house.Host, native: true);
        await house.AskAsync(later);
        Assert.Contains(house.Main.Requests[^1].Messages, message => ModelRequest.TextOf(message).Contains("There are seven.", StringComparison.Ordinal));
        Assert.Equal(1, await ToldAsync(later, $"{run.RunId} (counting) is done"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task AnAgentThatStartsItself_WithoutEnd_EndsAtTheDepthThatIsAllowed(int deepest)
    {
        await using var house = await AgentHouse.OpenAsync($$"""{"maxDepth":{{deepest}}}""");
        await using var peer = await Peer.OperatorAsync(house.Host, native: true);
        house.Bob.Answers([.. Enumerable.Repeat<ModelAnswer>(SpawnsItself, 2 * deepest)]);

        await AgentHouse.SpawnAsync(peer, "bob");

        var runs = await AgentHouse.SeenAsync(async () => await RunsAsync(peer) is { } all && all.Length == deepest && all.All(run => run.Status == "done") ? all : null);
        Assert.Equal(Enumerable.Range(1, deepest), runs.Select(run => run.Depth).Order());
        var refused = Assert.Single(house.Bob.Requests, request => request.Messages.Any(message => ModelRequest.TextOf(message).Contains("spawn_too_deep", StringComparison.Ordinal)));
        Assert.Contains($"runs may be {deepest} deep (spawn.maxDepth), this one would be {deepest + 1}", refused.LastOf("tool"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATaskThatIsNotToBeKept_LeavesNoConversation_AndItsAnswerStaysWithWhoAsked()
    {
        await using var house = await AgentHouse.OpenAsync();
        await using var peer = await Peer.OperatorAsync(house.Host, native: true);
        house.Bob.Answers(Replies.Says("Seven."));

        var answer = Assert.Single(await house.CallAsync(peer, house.Main, "main", (ToolNames.SessionsSpawn, """{"task":"count","agentId":"bob","cleanup":"delete"}""")));
        var run = await AgentHouse.OverAsync(peer, JsonElement.Parse(answer).GetProperty("runId").GetString()!);

        Assert.Equal(1, await ToldAsync(peer, $"{run.RunId} is done"));
        await AgentHouse.SeenAsync(async () =>
            (await peer.GetAsync("sessions.list")).GetProperty("sessions").EnumerateArray().Select(row => row.GetProperty("key").GetString()).SequenceEqual(["agent:main:main"]) ? "" : null);
        Assert.Equal("Seven.", (await AgentHouse.OverAsync(peer, run.RunId.ToString())).Output);
    }

    [Fact]
    public async Task AnAgentThatHangs_IsEnded_WhenTheTimeOfItsRunIsOver()
    {
        await using var house = await AgentHouse.OpenAsync();
        await using var peer = await Peer.OperatorAsync(house.Host, native: true);
        house.Bob.Answers(Replies.HangsAfter(new TaskCompletionSource(), "I think"));

        var answer = Assert.Single(await house.CallAsync(peer, house.Main, "main", (ToolNames.SessionsSpawn, """{"task":"count","agentId":"bob","runTimeoutSeconds":1}""")));
        var run = await AgentHouse.OverAsync(peer, JsonElement.Parse(answer).GetProperty("runId").GetString()!);

        Assert.Equal(("timed_out", "I think"), (run.Status, run.Output));
        Assert.Equal(1, await ToldAsync(peer, $"{run.RunId} ran out of time"));
    }

    [Fact]
    public async Task WhatWaited_BeginsAllTheSame_WhenTheRunThatStartedItIsOver()
    {
        await using var house = await AgentHouse.OpenAsync("""{"maxDepth":2,"total":1}""");
        await using var peer = await Peer.OperatorAsync(house.Host, native: true);
        AgentHouse.Calls(house.Bob, (ToolNames.SessionsSpawn, """{"runtime":"command","argv":["echo","at last"],"label":"second"}"""));

        var parent = await AgentHouse.SpawnAsync(peer, "bob", "operator.admin");
        Assert.Equal("done", (await AgentHouse.OverAsync(peer, parent)).Status);

        Assert.Equal(1, JsonElement.Parse(Assert.Single(AgentHouse.Answers(house.Bob))).GetProperty("position").GetInt32());
        var second = await AgentHouse.OverAsync(peer, Assert.Single(await RunsAsync(peer), run => run.Label == "second").RunId.ToString());
        Assert.Equal(("done", "at last\n", parent), (second.Status, second.Output, second.ParentRunId.ToString()));
    }

    [Fact]
    public async Task CancellingTheRunOfAnAgent_EndsWhatItStartedToo_AlsoARealProgram()
    {
        await using var house = await AgentHouse.OpenAsync("""{"maxDepth":2}""");
        await using var peer = await Peer.OperatorAsync(house.Host, native: true);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        house.Bob.Answers(Replies.Calls(("c0", ToolNames.SessionsSpawn, """{"runtime":"command","argv":["sleep","600"],"label":"sleeper"}""")), Replies.HangsAfter(reached, "I wait"));
        var parent = await AgentHouse.SpawnAsync(peer, "bob", "operator.admin");
        await reached.Task.WaitAsync(GatewayHost.Bound);
        var child = Assert.Single(await RunsAsync(peer), run => run.Label == "sleeper");
        Assert.Equal(("running", 2), (child.Status, child.Depth));

        var cancelled = (await peer.GetAsync(RunsCancelParams.Method, new JsonObject { ["runId"] = parent })).GetProperty("cancelled");

        Assert.Equal([parent, child.RunId.ToString()], cancelled.EnumerateArray().Select(run => run.GetString()));
        Assert.All(await RunsAsync(peer), run => Assert.Equal("cancelled", run.Status));
    }

    private static Task SpawnsItself(ModelRequest request, Microsoft.AspNetCore.Http.HttpContext context) =>
        ((string)request.Messages.Last()["role"]! == "tool" ? Replies.Says("Somebody else counts.") : Replies.Calls(("c0", ToolNames.SessionsSpawn, """{"task":"count","agentId":"bob"}""")))(request, context);

    private static async Task<RunRow[]> RunsAsync(Peer peer) => [.. (await peer.GetAsync(RunsListParams.Method)).Deserialize(ProtocolJson.Default.RunsListResult)!.Runs];

    private static async Task<int> ToldAsync(Peer peer, string text)
    {
        await AgentHouse.SeenAsync(async () => (await AgentHouse.HistoryAsync(peer, "agent:main:main")).FirstOrDefault(message => message.Contains(text, StringComparison.Ordinal)));
        return (await AgentHouse.HistoryAsync(peer, "agent:main:main")).Count(message => message.Contains(text, StringComparison.Ordinal));
    }
}
