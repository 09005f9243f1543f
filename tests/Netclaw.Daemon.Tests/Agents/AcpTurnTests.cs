using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;
using static Netclaw.Daemon.Tests.Agents.AcpScene;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>Agents that speak the Agent Client Protocol as they should.</summary>
public sealed class AcpTurnTests : IDisposable
{
    private readonly AcpScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Speaks_WhatTheAgentSays_AsItComes()
    {
        var outcome = await _scene.RunAsync(Hello, Opens, Says("Hel"), Says("lo"), Ends());

        Assert.Equal(new AgentOutcome.Completed("Hello", "stop", null), outcome);
        Assert.Equal(["Hel", "lo"], _scene.Sink.Deltas);
        var asked = _scene.Asked.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["initialize", "session/new", "session/prompt"], asked.Select(request => (string)request["method"]!));
        Assert.Equal(1, (int)asked[0]["params"]!["protocolVersion"]!);
        Assert.False((bool)asked[0]["params"]!["clientCapabilities"]!["terminal"]!);
        Assert.Equal(_scene.Place, (string)asked[1]["params"]!["cwd"]!);
        Assert.Equal("hello", (string)asked[2]["params"]!["prompt"]![0]!["text"]!);
    }

    [Fact]
    public async Task History_IsTold_BeforeThePrompt()
    {
        await _scene.RunAsync(_scene.Agent([Hello, Opens, Ends()]), _scene.Turn("and now?", history: [new Said(Speaker.User, "one", "ann"), new Said(Speaker.Assistant, "two", "bob")]));

        var prompt = JsonNode.Parse(_scene.Asked[2])!["params"]!["prompt"]!;
        Assert.Contains("[user] one\n\n[you] two\n", (string)prompt[0]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("and now?", (string)prompt[1]!["text"]!);
    }

    [Fact]
    public async Task AnAgentThatKeepsItsSessions_IsBroughtBackToItsOwn_AndToldWhatItHasNotHeard()
    {
        var first = Assert.IsType<AgentOutcome.Completed>(await _scene.RunAsync(Remembers, Opens, Says("Hello"), Ends()));
        Assert.Equal("s-1", first.Session);

        File.Delete(Path.Combine(_scene.Place, "asked"));
        var turn = _scene.Turn("and now?", history: [new Said(Speaker.User, "one", "ann"), new Said(Speaker.Assistant, "Hello", "bob"), new Said(Speaker.System, "tea is ready", "cron")]) with
        {
            Session = new AgentSession("s-1", [new Said(Speaker.System, "tea is ready", "cron")]),
        };
        var second = await _scene.RunAsync(_scene.Agent([Remembers, Says("it repeats what was said"), Opens, Says("Now."), Ends()]), turn);

        Assert.Equal(new AgentOutcome.Completed("Now.", "stop", null) { Session = "s-1" }, second);
        var asked = _scene.Asked.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["initialize", "session/load", "session/prompt"], asked.Select(request => (string)request["method"]!));
        Assert.Equal(("s-1", _scene.Place), ((string)asked[1]["params"]!["sessionId"]!, (string)asked[1]["params"]!["cwd"]!));
        Assert.Contains("oldest first:\n\n[note of the gateway] tea is ready\n", (string)asked[2]["params"]!["prompt"]![0]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASessionThatTheAgentHasLost_IsBegunAnew_WithEverythingThatWasSaid()
    {
        var turn = _scene.Turn("and now?", history: [new Said(Speaker.User, "one", "ann")]) with { Session = new AgentSession("s-0", []) };
        var outcome = await _scene.RunAsync(_scene.Agent(
        [
            Remembers, """read -r load; printf '%s\n' "$load" >> asked; echo '{"jsonrpc":"2.0","id":2,"error":{"code":-32002,"message":"no such session"}}'""",
            """read -r new; printf '%s\n' "$new" >> asked; echo '{"jsonrpc":"2.0","id":3,"result":{"sessionId":"s-1"}}'; read -r prompt; printf '%s\n' "$prompt" >> asked""",
            """echo '{"jsonrpc":"2.0","id":4,"result":{"stopReason":"end_turn"}}'; cat > /dev/null""",
        ]), turn);

        Assert.Equal("s-1", Assert.IsType<AgentOutcome.Completed>(outcome).Session);
        Assert.Equal(["initialize", "session/load", "session/new", "session/prompt"], _scene.Asked.Select(line => (string)JsonNode.Parse(line)!["method"]!));
        Assert.Contains("[user] one", _scene.Asked[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolsAndPlans_AreHeard()
    {
        await _scene.RunAsync(
            Hello, Opens,
            Updates("""{"sessionUpdate":"plan","entries":[{"content":"look","status":"in_progress","priority":"high"},{"content":"tell","status":"pending","priority":"low"}]}"""),
            Says("I look."),
            Updates("""{"sessionUpdate":"tool_call","toolCallId":"t1","title":"Reading notes.md","kind":"read","status":"pending","rawInput":{"path":"notes.md"}}"""),
            Updates("""{"sessionUpdate":"tool_call_update","toolCallId":"t1","status":"in_progress"}"""),
            Updates("""{"sessionUpdate":"tool_call_update","toolCallId":"t1","status":"completed","content":[{"type":"content","content":{"type":"text","text":"three lines"}}]}"""),
            Updates("""{"sessionUpdate":"something_new","whatever":1}"""),
            Says("Done."), Ends());

        Assert.Equal(
        [
            "status starting", "status thinking", "status plan: 0 of 2 done, look", "delta I look.", "status calling Reading notes.md", """t1: Reading notes.md {"path":"notes.md"}""",
            "t1: Reading notes.md ok: three lines", "delta \n\nDone.",
        ], _scene.Sink.Lines);
    }

    [Theory]
    [InlineData("max_tokens", "length")]
    [InlineData("max_turn_requests", "tool_limit")]
    [InlineData("refusal", "refusal")]
    public async Task StopReasons_AreTold(string said, string heard) =>
        Assert.Equal(heard, Assert.IsType<AgentOutcome.Completed>(await _scene.RunAsync(Hello, Opens, Ends(said))).StopReason);

    [Theory]
    [InlineData(true, ApprovalRule.Commands, "y")]
    [InlineData(false, ApprovalRule.Commands, "n")]
    [InlineData(false, ApprovalRule.Never, "y")]
    public async Task Permission_IsWhatPeopleSay_ForThisOnce(bool people, ApprovalRule rule, string option)
    {
        _scene.Tools.Approves = people;
        await _scene.RunAsync(_scene.Agent(
        [
            Hello, Opens,
            Requests("session/request_permission", """
                {"sessionId":"s-1","toolCall":{"toolCallId":"t1","title":"rm notes.md"},"options":[{"optionId":"Y","name":"Always","kind":"allow_always"},{"optionId":"y","name":"Yes","kind":"allow_once"},{"optionId":"n","name":"No","kind":"reject_once"}]}
                """.Trim()),
            Ends(),
        ], approve: rule));

        Assert.Equal(option, (string)JsonNode.Parse(Assert.Single(_scene.Answers))!["result"]!["outcome"]!["optionId"]!);
        Assert.Equal(rule == ApprovalRule.Never ? [] : ["""rm notes.md {"toolCallId":"t1","title":"rm notes.md"}"""], _scene.Tools.Asked);
    }

    [Fact]
    public async Task Permission_WithoutAWayToSayNo_IsCancelled()
    {
        await _scene.RunAsync(Hello, Opens, Requests("session/request_permission", """{"sessionId":"s-1","toolCall":{"toolCallId":"t1"},"options":[{"optionId":"y","name":"Yes","kind":"allow_once"}]}"""), Ends());

        Assert.Equal("cancelled", (string)JsonNode.Parse(Assert.Single(_scene.Answers))!["result"]!["outcome"]!["outcome"]!);
    }

    [Fact]
    public async Task Terminals_AndUnknownMethods_AreRefused_WithTheProtocolsError()
    {
        await _scene.RunAsync(Hello, Opens, Requests("terminal/create", """{"sessionId":"s-1","command":"ls"}"""), Requests("cron/add", "{}"), Ends());

        var errors = _scene.Answers.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("error")).ToList();
        Assert.All(errors, error => Assert.Equal(-32601, error.GetProperty("code").GetInt32()));
        Assert.Equal("this gateway lends no terminals to agents", errors[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Environment_IsFiltered_AndWhatIsHandedOnIsNotRepeated()
    {
        _scene.Variables["BOB_KEY"] = "bob-canary-1";
        _scene.Variables["NETCLAW_TOKEN"] = "not handed on";
        Environment.SetEnvironmentVariable("NETCLAW_TEST_LEAK", "leaked");
        try
        {
            await _scene.RunAsync(_scene.Agent(["env > environment", "echo \"key $BOB_KEY\" >&2", Hello, Opens, Ends()], new ProgramOptions { Environment = ["BOB_KEY", "NO_SUCH"] }));
        }
        finally
        {
            Environment.SetEnvironmentVariable("NETCLAW_TEST_LEAK", null);
        }

        var environment = File.ReadAllLines(Path.Combine(_scene.Place, "environment"));
        Assert.Contains("BOB_KEY=bob-canary-1", environment);
        Assert.Contains(environment, line => line.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.Equal("NETCLAW_CHILD_OF=of-a-test", Assert.Single(environment, line => line.StartsWith("NETCLAW_", StringComparison.Ordinal)));
        Assert.Contains("wrote to standard error: key ***", _scene.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bob-canary-1", _scene.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_AreAServerThatTheAgentStarts_WithACredentialThatEndsWithTheTurn()
    {
        _scene.ToolProgram = "/opt/netclaw/netclaw";
        await _scene.RunAsync("""cat "/proc/$$/environ" /proc/$$/cmdline > seen""", Hello, Opens, """echo "the token is $(sed -n 's/.*NETCLAW_TOKEN","value":"\([^"]*\).*/\1/p' asked)" >&2""", Ends());

        var server = Assert.Single(JsonNode.Parse(_scene.Asked[1])!["params"]!["mcpServers"]!.AsArray())!;
        Assert.Equal(("netclaw", "/opt/netclaw/netclaw", """["mcp"]"""), ((string)server["name"]!, (string)server["command"]!, server["args"]!.ToJsonString()));
        var variables = server["env"]!.AsArray().ToDictionary(variable => (string)variable!["name"]!, variable => (string)variable!["value"]!);
        Assert.Equal("unix:/home/run/control.sock", variables["NETCLAW_URL"]);
        Assert.Equal(Actors.Trust.SpawnVerdict.Expired, _scene.Credentials.Verify(new Secret(variables["NETCLAW_TOKEN"])).Verdict);
        Assert.DoesNotContain("NETCLAW_", File.ReadAllText(Path.Combine(_scene.Place, "seen")).Replace("NETCLAW_CHILD_OF=", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("the token is ***", _scene.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(variables["NETCLAW_TOKEN"], _scene.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheProgram_NothingIsOffered_AndTheLogSaysSo()
    {
        await _scene.RunAsync(Hello, Opens, Ends());
        Assert.Empty(JsonNode.Parse(_scene.Asked[1])!["params"]!["mcpServers"]!.AsArray());
        Assert.Contains("its program is lent no tools: there is no program netclaw", _scene.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgentThatWantsALogin_SaysSo()
    {
        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(Hello, """read -r two; echo '{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"Authentication required"}}'; cat > /dev/null"""));

        Assert.Equal(RefusalCode.AgentFailed, failed.Code);
        Assert.Contains("wants to be logged in first", failed.Message, StringComparison.Ordinal);
    }
}
