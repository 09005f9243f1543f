using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Matrix;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Prompts that are answered: the real programs, a model behind an endpoint, an agent that is a program.</summary>
public sealed class AgentTests
{
    [Fact]
    public async Task AModel_Answers_RemembersTheConversation_AndCallsTools()
    {
        await using var model = await LocalModel.StartAsync();
        await using var host = new Machine();
        Configure(host, model.Entry());
        await host.UpAsync();
        Assert.DoesNotContain("OpenAI.dll", Loaded(host), StringComparison.Ordinal);

        Assert.Equal("You said: hello", await AskAsync(host, "hello"));
        Assert.Contains("OpenAI.dll", Loaded(host), StringComparison.Ordinal);
        model.Answers(Replies.Calls(("c1", "nodes_list", "{}")), Replies.Says("There are no ", "nodes."));
        Assert.Equal("There are no nodes.", await AskAsync(host, "which nodes?"));

        var asked = model.Requests;
        Assert.Contains("nodes_list", asked[0].Tools);
        Assert.Equal(["hello", "You said: hello", "which nodes?"], asked[1].Messages.Select(ModelRequest.TextOf));
        Assert.Contains("\"nodes\":[]", asked[2].LastOf("tool"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModelThatIsNotThere_IsNamed_AndLeadsOut()
    {
        await using var host = new Machine();
        Configure(host, """{ "runtime": "openai", "baseUrl": "http://127.0.0.1:9/v1", "model": "parrot", "maxAttempts": 1 }""");
        await host.UpAsync();

        var failed = await host.RunAsync("chat", "-p", "hello");

        Assert.Equal(ExitCodes.TryAgain, failed.ExitCode);
        Assert.Contains("agent_unavailable", failed.Error, StringComparison.Ordinal);
        Assert.Contains("netclaw config check", failed.Error, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:9/v1: no connection", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgram_Answers_AndIsGoneAfterwards()
    {
        await using var host = new Machine();
        var script = Path.Combine(host.Root, "agent.sh");
        File.WriteAllText(script, """
            echo $$ > "$HOME/pid"
            read -r one; echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":1}}'
            read -r two; echo '{"jsonrpc":"2.0","id":2,"result":{"sessionId":"s"}}'
            read -r three; echo '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"Here I am."}}}}'
            echo '{"jsonrpc":"2.0","id":3,"result":{"stopReason":"end_turn"}}'
            sleep 600
            """);
        host.Variables["HOME"] = host.Root;
        Configure(host, JsonSerializer.Serialize(new { runtime = "acp", command = (string[])["/bin/sh", script] }));
        await host.UpAsync();

        Assert.Equal("Here I am.", await AskAsync(host, "hello"));
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(Path.Combine(host.Root, "pid")).Trim()}"));
    }

    [Fact]
    public async Task TwoAgents_OfTwoKinds_AnswerBesideEachOther()
    {
        await using var model = await LocalModel.StartAsync();
        await using var host = new Machine();
        File.WriteAllText(host.Home.ConfigFile, $$"""{ "agents": { "main": {{model.Entry()}}, "bob": {{ShellAgent.On(host).ToJsonString()}} } }""");
        await host.UpAsync();
        model.Answers(Replies.Says("I am a model."));

        Assert.Equal("I am a model.", await AskAsync(host, "who are you?"));
        Assert.Equal("You said: and you?", (await host.RunAsync("chat", "-p", "and you?", "--session", "agent:bob:main")).Expect(ExitCodes.Ok).Out.Trim());
        Assert.Equal("who are you?", ModelRequest.TextOf(Assert.Single(model.Requests).Messages.Last()));
    }

    private static void Configure(Machine host, string agent) => File.WriteAllText(host.Home.ConfigFile, $$"""{ "agents": { "main": {{agent}} } }""");

    /// <summary>What a start reads costs every start; what nobody has asked for yet is not read.</summary>
    private static string Loaded(Machine host) => File.ReadAllText($"/proc/{host.DaemonPid}/maps");

    private static async Task<string> AskAsync(Machine host, string prompt) => (await host.RunAsync("chat", "-p", prompt)).Expect(ExitCodes.Ok).Out.Trim();
}
