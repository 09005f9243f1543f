using System.Text.Json.Nodes;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>A model that answers as it should.</summary>
public sealed class OpenAiAnswerTests
{
    [Fact]
    public async Task Streams_WhatItSays_AndCountsTokens()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Says("Hel", "lo, ", "there"));

        var outcome = Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync());

        Assert.Equal(new AgentOutcome.Completed("Hello, there", "stop", new AgentUsage(7, 3)), outcome);
        Assert.Equal(["Hel", "lo, ", "there"], scene.Sink.Deltas);
        var request = Assert.Single(scene.Model.Requests);
        Assert.Equal(("parrot", true, ""), ((string)request.Body["model"]!, (bool)request.Body["stream"]!, request.Authorization));
    }

    [Fact]
    public async Task Tells_WhatWasSaid_InOrder_AndNobodyButTheOwnerWithTheSystemsVoice()
    {
        await using var scene = await OpenAiScene.OpenAsync();

        await scene.RunAsync(scene.Agent(system: "Be brief."), scene.Turn("and now?", history:
        [
            new Said(Speaker.User, "one", "ann"), new Said(Speaker.Assistant, "two", "main"), new Said(Speaker.System, "a run ended", "runs"), new Said(Speaker.Tool, "den", "nodes_list"),
        ]));

        var messages = Assert.Single(scene.Model.Requests).Messages.Select(message => ((string)message["role"]!, ModelRequest.TextOf(message))).ToList();
        Assert.Equal(
        [
            ("system", "Be brief."), ("user", "one"), ("assistant", "two"), ("user", "[note of the gateway, not of a person] a run ended"),
            ("user", "[what a tool answered before] den"), ("user", "and now?"),
        ], messages);
    }

    [Fact]
    public async Task SystemFile_IsReadForEveryAnswer_AndWithoutItNothingIsAsked()
    {
        await using var scene = await OpenAiScene.OpenAsync();
        var file = Path.Combine(scene.Home.Root, "persona.md");
        File.WriteAllText(file, "You are a parrot.");
        await scene.RunAsync(scene.Agent(systemFile: "persona.md"));
        Assert.Equal("You are a parrot.", scene.Model.Requests[0].LastOf("system"));

        File.Delete(file);
        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync(scene.Agent(systemFile: "persona.md")));

        Assert.Equal(RefusalCode.AgentUnavailable, failed.Code);
        Assert.Contains("agents.main.systemFile", failed.Message, StringComparison.Ordinal);
        Assert.Single(scene.Model.Requests);
    }

    [Fact]
    public async Task Tools_AreOffered_Called_AndAnswered_UntilItHasItsAnswer()
    {
        await using var scene = await OpenAiScene.OpenAsync(
            Replies.Calls(("c1", "nodes_list", """{"q":"all"}"""), ("c2", "node_invoke", """{"q":"x"}""")), Replies.Says("There are two."));

        var outcome = Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync());

        Assert.Equal(("There are two.", "stop", new AgentUsage(14, 6)), (outcome.Text, outcome.StopReason, outcome.Usage));
        Assert.Equal([("nodes_list", """{"q":"all"}"""), ("node_invoke", """{"q":"x"}""")], scene.Tools.Called);
        Assert.Equal(["nodes_list", "node_invoke"], scene.Model.Requests[0].Tools);
        var told = scene.Model.Requests[1].Messages.ToList();
        Assert.Equal(["user", "assistant", "tool", "tool"], told.Select(message => (string)message["role"]!));
        Assert.Equal(("c1", "den, attic"), ((string)told[2]["tool_call_id"]!, ModelRequest.TextOf(told[2])));
        Assert.Equal("""{"q":"all"}""", (string)((JsonArray)told[1]["tool_calls"]!)[0]!["function"]!["arguments"]!);
        Assert.Equal(
        [
            "status thinking", "status calling nodes_list", """c1: nodes_list {"q":"all"}""", "c1: nodes_list ok: den, attic", "status calling node_invoke",
            """c2: node_invoke {"q":"x"}""", "c2: node_invoke refused: not approved", "status thinking", "delta There are two.",
        ], scene.Sink.Lines);
    }

    [Fact]
    public async Task WhatIsSaidAroundTools_IsPartedInParagraphs_AndTheOutcomeIsWhatWasTold()
    {
        ModelAnswer both = async (request, context) =>
        {
            await Replies.Sends(
                """
                data: {"choices":[{"index":0,"delta":{"content":"I look."}}]}

                data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"nodes_list","arguments":""}}]}}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

                data: [DONE]


                """)(request, context);
        };
        await using var scene = await OpenAiScene.OpenAsync(both, Replies.Says("Two."));

        var outcome = Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync());

        Assert.Equal("I look.\n\nTwo.", outcome.Text);
        Assert.Equal(outcome.Text, scene.Sink.Text);
        Assert.Equal("{}", scene.Tools.Called[0].Arguments);
        Assert.Equal("I look.", ModelRequest.TextOf(scene.Model.Requests[1].Messages.ElementAt(1)));
    }

    [Fact]
    public async Task CallsOfWhatIsNotOffered_AndOfWhatIsNoJson_AreAnswered_NotMade()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Calls(("c1", "rm_rf", "{}"), ("c2", "nodes_list", "{broken")), Replies.Says("I see."));

        await scene.RunAsync();

        Assert.Empty(scene.Tools.Called);
        Assert.Contains("c1: rm_rf refused: There is no tool of that name here. There are: nodes_list, node_invoke.", scene.Sink.Lines);
        Assert.Contains("c2: nodes_list refused: The arguments are no JSON object.", scene.Sink.Lines);
    }

    [Fact]
    public async Task ToolsWithoutEnd_EndAtTheLimit()
    {
        await using var scene = await OpenAiScene.OpenAsync([.. Enumerable.Range(0, 9).Select(at => Replies.Calls(($"c{at}", "nodes_list", "{}")))]);

        var outcome = Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync(scene.Agent(rounds: 2)));

        Assert.Equal("tool_limit", outcome.StopReason);
        Assert.Equal((3, 2), (scene.Model.Requests.Length, scene.Tools.Called.Count));
    }

    [Theory]
    [InlineData("length", "length")]
    [InlineData("content_filter", "refusal")]
    public async Task StopReasons_AreTold(string said, string heard)
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Stopping(said, "so far"));

        Assert.Equal(heard, Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync()).StopReason);
    }

    [Fact]
    public async Task Key_IsSentFromFileOrEnvironment_AndStandsNowhereElse()
    {
        const string Key = "sk-canary-0123456789";
        await using var scene = await OpenAiScene.OpenAsync(Replies.Says("yes"), Replies.Refuses(401, body: "{\"error\":{\"message\":\"the key " + Key + " is not known\"}}"));
        var file = Path.Combine(scene.Home.Root, "provider.key");
        File.WriteAllText(file, Key + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        scene.Variables["PROVIDER_KEY"] = Key;

        await scene.RunAsync(scene.Agent(keyFile: "provider.key"));
        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync(scene.Agent(keyEnvironment: "PROVIDER_KEY")));

        Assert.All(scene.Model.Requests, request => Assert.Equal($"Bearer {Key}", request.Authorization));
        Assert.Equal(2, scene.Model.Requests.Length);
        Assert.Equal(RefusalCode.AgentFailed, failed.Code);
        Assert.Contains("it answered 401 Unauthorized: the key *** is not known", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, scene.Log.Text + failed + string.Join('\n', scene.Sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyFile_ThatOthersCanRead_IsNotUsed()
    {
        await using var scene = await OpenAiScene.OpenAsync();
        File.WriteAllText(Path.Combine(scene.Home.Root, "provider.key"), "sk-open");
        File.SetUnixFileMode(Path.Combine(scene.Home.Root, "provider.key"), (UnixFileMode)0b110_100_100);

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync(scene.Agent(keyFile: "provider.key")));

        Assert.Equal(RefusalCode.AgentUnavailable, failed.Code);
        Assert.Contains("provider.key", failed.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Model.Requests);
    }
}
