using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>Every tool that agents are lent, called by a model and served by the gateway's own handlers; behind scopes, and behind people.</summary>
public sealed class AgentToolsTests : IAsyncLifetime
{
    /// <summary>One call of each. Schedules are apart: they take admin whatever they do.</summary>
    private static readonly (string Tool, string Arguments)[] Each =
    [
        (ToolNames.SessionsList, "{}"),
        (ToolNames.SessionsHistory, """{"sessionKey":"agent:eve:main"}"""),
        (ToolNames.SessionsSend, """{"sessionKey":"agent:eve:main","message":"hi"}"""),
        (ToolNames.SessionsSpawn, """{"task":"count","agentId":"main"}"""),
        (ToolNames.Subagents, """{"action":"list"}"""),
        (ToolNames.Subagents, """{"action":"cancel","runId":"run_0000000000000000"}"""),
        (ToolNames.NodesList, "{}"),
        (ToolNames.NodeInvoke, """{"nodeId":"nobody","command":"system.run"}"""),
    ];

    private AgentHouse _house = null!;
    private Peer _peer = null!;

    public async Task InitializeAsync()
    {
        _house = await AgentHouse.OpenAsync();
        _peer = await Peer.OperatorAsync(_house.Host, native: true);
    }

    public async Task DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task OtherConversations_AreListed_Read_AndSpokenIn()
    {
        await _peer.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "agent:bob:main", ["message"] = "the cake is in the oven" });

        var answers = await CallAsync(
            (ToolNames.SessionsList, """{"search":"cake"}"""), (ToolNames.SessionsHistory, """{"sessionKey":"agent:bob:main"}"""), (ToolNames.SessionsSend, """{"sessionKey":"agent:bob:main","message":"take it out"}"""));

        Assert.Equal("agent:bob:main", Assert.Single(JsonElement.Parse(answers[0]).GetProperty("sessions").EnumerateArray()).GetProperty("key").GetString());
        Assert.Contains("the cake is in the oven", answers[1], StringComparison.Ordinal);
        await AgentHouse.SeenAsync(async () => (await AgentHouse.HistoryAsync(_peer, "agent:bob:main")).FirstOrDefault(message => message.Contains("You said: take it out", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Runs_AreListed_AndCancelled()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _house.Bob.Answers(Replies.HangsAfter(reached, "I think"));
        var run = await AgentHouse.SpawnAsync(_peer, "bob");
        await reached.Task.WaitAsync(GatewayHost.Bound);

        var answers = await CallAsync((ToolNames.Subagents, """{"action":"list","active":true}"""), (ToolNames.Subagents, $$"""{"action":"cancel","runId":"{{run}}"}"""));

        Assert.Equal(run, Assert.Single(JsonElement.Parse(answers[0]).GetProperty("runs").EnumerateArray()).GetProperty("runId").GetString());
        Assert.Equal(run, Assert.Single(JsonElement.Parse(answers[1]).GetProperty("cancelled").EnumerateArray()).GetString());
        Assert.Equal("cancelled", (await AgentHouse.OverAsync(_peer, run)).Status);
    }

    [Fact]
    public async Task ANode_IsListed_AndDoesWhatPeopleAllow()
    {
        await using var node = await Peer.NodeAsync(_house.Host, native: true, Peer.KeyOf(native: true), "system.which");
        await Peer.ApproveAsync(_house.Host, node.NodeId);
        AgentHouse.Calls(_house.Main, (ToolNames.NodesList, "{}"), (ToolNames.NodeInvoke, $$"""{"nodeId":"{{node.NodeId}}","command":"system.which","params":{"bins":["uname"]} }"""));

        var turn = await _house.StartAsync(_peer);
        var asked = await DecideAsync("allow-once");
        var invoked = await node.HearsAsync("node.invoke.request");
        await node.GetAsync("node.invoke.result", new JsonObject { ["id"] = invoked.GetProperty("id").GetString(), ["nodeId"] = node.NodeId, ["ok"] = true, ["payloadJSON"] = """{"bins":{"uname":"/usr/bin/uname"}}""" });
        Assert.Equal("ok", (await _peer.GetAsync("agent.wait", new JsonObject { ["runId"] = turn })).GetProperty("status").GetString());

        Assert.Equal($"system.which on node {node.NodeId}", asked);
        var answers = AgentHouse.Answers(_house.Main);
        Assert.Contains(node.NodeId, answers[0], StringComparison.Ordinal);
        Assert.Contains("/usr/bin/uname", answers[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatPeopleDeny_IsNotDone_AndTheAgentIsTold()
    {
        AgentHouse.Calls(_house.Eve, Each);

        var turn = await _house.StartAsync(_peer, "eve");
        foreach (var _ in Each)
        {
            await DecideAsync("deny");
        }

        Assert.Equal("ok", (await _peer.GetAsync("agent.wait", new JsonObject { ["runId"] = turn })).GetProperty("status").GetString());
        Assert.All(AgentHouse.Answers(_house.Eve), answer => Assert.StartsWith("not approved: ", answer, StringComparison.Ordinal));
        Assert.Equal(Each.Length, AgentHouse.Answers(_house.Eve).Length);
        Assert.Empty((await _peer.GetAsync(RunsListParams.Method)).GetProperty("runs").EnumerateArray());
        Assert.Empty(_house.Main.Requests);
    }

    [Fact]
    public async Task WhatWhoeverAskedMayNotDo_IsRefused_WhateverPeopleAllow()
    {
        AgentHouse.Calls(_house.Bob, Each);

        Assert.Equal("done", (await AgentHouse.OverAsync(_peer, await AgentHouse.SpawnAsync(_peer, "bob", "operator.read"))).Status);

        var answers = AgentHouse.Answers(_house.Bob);
        Assert.Equal(
            [ToolNames.SessionsSend, ToolNames.SessionsSpawn, ToolNames.Subagents, ToolNames.NodeInvoke],
            Each.Zip(answers).Where(both => both.Second.StartsWith("missing_scope: ", StringComparison.Ordinal)).Select(both => both.First.Tool));
        Assert.Single((await _peer.GetAsync(RunsListParams.Method)).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task AProgram_TakesAdmin_OfWhoeverAsked()
    {
        AgentHouse.Calls(_house.Bob, (ToolNames.SessionsSpawn, """{"runtime":"command","argv":["true"]}"""));
        await using var limited = await Peer.OperatorAsync(_house.Host, native: false, "operator.read", "operator.write");

        await _house.AskAsync(limited, "bob");

        Assert.StartsWith("missing_scope: ", Assert.Single(AgentHouse.Answers(_house.Bob)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgram_RunsWhenItIsApproved_AndItsEndIsTold()
    {
        AgentHouse.Calls(_house.Main, (ToolNames.SessionsSpawn, """{"runtime":"command","argv":["echo","all green"]}"""));

        var turn = await _house.StartAsync(_peer);
        Assert.Equal("""run ["echo","all green"]""", await DecideAsync("allow-once"));
        Assert.Equal("ok", (await _peer.GetAsync("agent.wait", new JsonObject { ["runId"] = turn })).GetProperty("status").GetString());

        var run = JsonElement.Parse(Assert.Single(AgentHouse.Answers(_house.Main))).GetProperty("runId").GetString()!;
        var over = await AgentHouse.OverAsync(_peer, run);
        Assert.Equal(("done", "all green\n"), (over.Status, over.Output));
        await AgentHouse.SeenAsync(async () => (await AgentHouse.HistoryAsync(_peer, "agent:main:main")).FirstOrDefault(message => message.Contains($"{run} is done", StringComparison.Ordinal)));
    }

    private Task<string[]> CallAsync(params (string Tool, string Arguments)[] calls) => _house.CallAsync(_peer, _house.Main, "main", calls);

    /// <returns>What people were asked.</returns>
    private async Task<string> DecideAsync(string decision)
    {
        var asked = await _peer.HearsAsync("exec.approval.requested");
        await _peer.GetAsync("exec.approval.resolve", new JsonObject { ["id"] = asked.GetProperty("id").GetString(), ["decision"] = decision });
        return asked.GetProperty("request").GetProperty("command").GetString()!;
    }
}
