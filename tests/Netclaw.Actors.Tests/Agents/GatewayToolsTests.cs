using System.Text.Json;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents;

/// <summary>Each tool comes to calls of the gateway's own methods, with the rights of whoever asked.</summary>
public sealed class GatewayToolsTests
{
    [Theory]
    [InlineData(ToolNames.SessionsList, """{"search":"cake","limit":5}""", "sessions.list", """{"search":"cake","limit":5}""")]
    [InlineData(ToolNames.SessionsHistory, "{}", "chat.history", """{"sessionKey":"agent:main:main","limit":20}""")]
    [InlineData(ToolNames.SessionsHistory, """{"sessionKey":"cron:x","limit":3}""", "chat.history", """{"limit":3,"sessionKey":"cron:x"}""")]
    [InlineData(ToolNames.SessionsSend, """{"sessionKey":"agent:bob:main","message":"hi"}""", "sessions.send", """{"key":"agent:bob:main","message":"hi"}""")]
    [InlineData(ToolNames.SessionsSpawn, """{"task":"look","agentId":"bob"}""", "runs.spawn", """{"task":"look","agentId":"bob","runtime":"subagent","parentSessionKey":"agent:main:main"}""")]
    [InlineData(ToolNames.Subagents, """{"action":"list","active":true}""", "runs.list", """{"active":true}""")]
    [InlineData(ToolNames.Subagents, """{"action":"cancel","runId":"r_1"}""", "runs.cancel", """{"runId":"r_1"}""")]
    [InlineData(ToolNames.NodesList, "{}", "node.list", "{}")]
    [InlineData(ToolNames.Cron, """{"action":"list"}""", "cron.list", "{}")]
    [InlineData(ToolNames.Cron, """{"action":"add","message":"tea","everySeconds":60}""", "cron.add",
        """{"name":"tea","schedule":{"kind":"every","everyMs":60000},"sessionTarget":"session:agent:main:main","wakeMode":"now","payload":{"kind":"systemEvent","text":"tea"}}""")]
    [InlineData(ToolNames.Cron, """{"action":"add","name":"n","kind":"turn","message":"look","cron":"0 9 * * *","timeZone":"Europe/Berlin"}""", "cron.add",
        """{"name":"n","schedule":{"kind":"cron","expr":"0 9 * * *","tz":"Europe/Berlin"},"sessionTarget":"session:agent:main:main","wakeMode":"now","payload":{"kind":"agentTurn","message":"look"}}""")]
    public async Task Tool_ComesToItsMethod(string tool, string arguments, string method, string parameters)
    {
        var bench = new ToolBench();

        Assert.Equal(new ToolAnswer(true, """{"fine":true}"""), await bench.UseAsync(tool, arguments));

        Assert.Equal((method, parameters), bench.Called.Select(call => (call.Method, call.Params)).Single());
        Assert.Empty(bench.Asked);
    }

    [Theory]
    [InlineData(ToolNames.SessionsSend, """{"sessionKey":"agent:main:main","message":"hi"}""", "this is the conversation that you are in")]
    [InlineData(ToolNames.SessionsSend, """{"message":"hi"}""", "sessionKey and message have to be given")]
    [InlineData(ToolNames.Subagents, """{"action":"cancel"}""", "runId has to be given")]
    [InlineData(ToolNames.Subagents, """{"action":"dance"}""", "action is list or cancel")]
    [InlineData(ToolNames.Cron, """{"action":"add","message":"tea"}""", "one of at, everySeconds and cron")]
    [InlineData(ToolNames.Cron, """{"action":"add","message":"tea","at":"2030-01-01T00:00:00Z","cron":"* * * * *"}""", "one of at, everySeconds and cron")]
    [InlineData(ToolNames.Cron, """{"action":"remove"}""", "id has to be given")]
    [InlineData(ToolNames.NodesList, "[]", "must be one JSON object")]
    [InlineData("shell", "{}", "there is no tool of that name here")]
    public async Task WrongUse_IsSaid_AndCallsNothing(string tool, string arguments, string said)
    {
        var bench = new ToolBench();

        var answer = await bench.UseAsync(tool, arguments);

        Assert.False(answer.Ok);
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
        Assert.Empty(bench.Called);
    }

    [Fact]
    public async Task AJobsName_IsCut_NeverThroughASymbol()
    {
        var bench = new ToolBench();

        await bench.UseAsync(ToolNames.Cron, $$"""{"action":"add","message":"{{new string('a', 59)}}\ud83c\udf75 tea","everySeconds":60}""");

        Assert.Equal(new string('a', 59), (string?)System.Text.Json.Nodes.JsonNode.Parse(Assert.Single(bench.Called).Params)!["name"]);
    }

    [Fact]
    public async Task Calls_HaveTheRightsOfWhoeverAsked_AndNoMore()
    {
        var run = RunId.New();
        var bench = new ToolBench { Grant = new AgentGrant("d_ann", ScopeSet.Parse(["operator.read"], out _), run, 1) };

        await bench.UseAsync(ToolNames.NodesList, "{}");

        var by = Assert.Single(bench.Called).By;
        Assert.Equal(("d_ann", "operator.read", run, Role.Operator), (by.Subject, by.Scopes.ToString(), by.Run, by.Role));
    }

    [Fact]
    public async Task ARefusal_IsAnAnswer()
    {
        var bench = new ToolBench { Answers = _ => CallResponse.Failure(RefusalTable.Error(RefusalCode.MissingScope, "cron.add needs the scope operator.admin")) };

        Assert.Equal(new ToolAnswer(false, "missing_scope: cron.add needs the scope operator.admin"), await bench.UseAsync(ToolNames.Cron, """{"action":"add","message":"tea","everySeconds":60}"""));
    }

    [Fact]
    public async Task ALongAnswer_IsCut_AndSaysSo()
    {
        var bench = new ToolBench { Answers = _ => CallResponse.Success(JsonSerializer.SerializeToElement(new string('x', 100_000))) };

        var answer = await bench.UseAsync(ToolNames.NodesList, "{}");

        Assert.True(answer.Text.Length < 17_000);
        Assert.EndsWith("more characters left out; ask for less]", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ToolNames.NodeInvoke, """{"nodeId":"ab","command":"system.run","params":{"command":["ls"]}}""", "system.run on node ab")]
    [InlineData(ToolNames.SessionsSpawn, """{"runtime":"command","argv":["ls","-l"]}""", """run ["ls","-l"]""")]
    public async Task WhatRunsAProgram_IsAskedFirst(string tool, string arguments, string title)
    {
        var (denied, approved, never) = (new ToolBench(), new ToolBench { Approves = true }, new ToolBench(ApprovalRule.Never));

        Assert.Equal(new ToolAnswer(false, "not approved: ann said no"), await denied.UseAsync(tool, arguments));
        Assert.True((await approved.UseAsync(tool, arguments)).Ok);
        Assert.True((await never.UseAsync(tool, arguments)).Ok);

        Assert.Equal([title], denied.Asked);
        Assert.Empty(denied.Called);
        Assert.Single(approved.Called);
        Assert.Empty(never.Asked);
    }

    [Fact]
    public async Task WithAlways_EveryCallIsAsked()
    {
        var bench = new ToolBench(ApprovalRule.Always);

        Assert.False((await bench.UseAsync(ToolNames.NodesList, "{}")).Ok);
        Assert.Equal([ToolNames.NodesList], bench.Asked);
    }

    [Theory]
    [InlineData("d_1", "session:agent:main:main", true)]
    [InlineData("d_2", "session:agent:main:main", false)]
    [InlineData("d_1", "main", false)]
    public async Task Jobs_AreRemoved_ByTheirOwnerAlone_AndWhereTheySpeak(string owner, string sessionTarget, bool removed)
    {
        var bench = new ToolBench { Answers = _ => CallResponse.Success(JsonSerializer.SerializeToElement(new { sessionTarget, netclaw = new { owner } })) };

        Assert.Equal(removed, (await bench.UseAsync(ToolNames.Cron, """{"action":"remove","id":"j_1"}""")).Ok);
        Assert.Equal(removed ? ["cron.get", "cron.remove"] : ["cron.get"], bench.Called.Select(call => call.Method));
    }

    [Fact]
    public void WithoutItsMethods_AToolIsNotOffered()
    {
        Assert.Equal(ToolNames.All, new ToolBench().Tools.All.Select(tool => tool.Name));
        Assert.Equal([ToolNames.SessionsHistory, ToolNames.NodesList], new ToolBench(methods: ["chat.history", "node.list", "cron.list"]).Tools.All.Select(tool => tool.Name));
    }

    [Fact]
    public async Task WhatAnAgentIsNotGiven_ItCannotCall()
    {
        var bench = new ToolBench(tools: [ToolNames.NodesList]);

        Assert.True((await bench.UseAsync(ToolNames.NodesList, "{}")).Ok);
        Assert.False((await bench.UseAsync(ToolNames.SessionsList, "{}")).Ok);
    }

    [Fact]
    public void Shapes_AreJsonSchemas_OfOneObject() => Assert.All(new ToolBench().Tools.All, tool =>
    {
        Assert.Equal("object", tool.Parameters.GetProperty("type").GetString());
        Assert.False(tool.Parameters.GetProperty("additionalProperties").GetBoolean());
        Assert.True(tool.Purpose.Length is > 10 and < 300);
    });
}
