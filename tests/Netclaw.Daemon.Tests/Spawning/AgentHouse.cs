using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>A whole daemon with three agents: <c>main</c>, whose commands people approve; <c>bob</c>, whom nobody is asked about; and <c>eve</c>, about whom they are asked each time. Each has a model of its own.</summary>
internal sealed class AgentHouse : IAsyncDisposable
{
    private int _asked;

    private AgentHouse(GatewayHost host, LocalModel main, LocalModel bob, LocalModel eve) => (Host, Main, Bob, Eve) = (host, main, bob, eve);

    public GatewayHost Host { get; private set; }

    public LocalModel Main { get; }

    public LocalModel Bob { get; }

    public LocalModel Eve { get; }

    /// <param name="spawn">Section <c>spawn</c>.</param>
    public static async Task<AgentHouse> OpenAsync(string spawn = "{}")
    {
        var (main, bob, eve) = (await LocalModel.StartAsync(), await LocalModel.StartAsync(), await LocalModel.StartAsync());
        return new AgentHouse(
            await GatewayHost.StartAsync($$"""
                {"agents":{"main":{{main.Entry()}},"bob":{{bob.Entry(", \"approve\": \"never\"")}},"eve":{{eve.Entry(", \"approve\": \"always\"")}} },"spawn":{{spawn}} }
                """),
            main, bob, eve);
    }

    /// <summary>Ends the daemon and starts another one on its home.</summary>
    public async Task RestartAsync() => Host = await Host.RestartAsync();

    /// <summary>Asks an agent something and waits for its answer.</summary>
    public async Task AskAsync(Peer peer, string agent = "main")
    {
        var run = await StartAsync(peer, agent);
        Assert.Equal("ok", (await peer.GetAsync("agent.wait", new JsonObject { ["runId"] = run })).GetProperty("status").GetString());
    }

    /// <returns>The turn.</returns>
    public async Task<string> StartAsync(Peer peer, string agent = "main") =>
        (await peer.GetAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = "Go.", ["idempotencyKey"] = $"ask-{++_asked}" })).GetProperty("runId").GetString()!;

    /// <summary>Has an agent's model call tools, and returns what each was answered.</summary>
    public async Task<string[]> CallAsync(Peer peer, LocalModel model, string agent, params (string Tool, string Arguments)[] calls)
    {
        Calls(model, calls);
        await AskAsync(peer, agent);
        return Answers(model);
    }

    /// <summary>The next answer of the model is these calls, and then it is content.</summary>
    public static void Calls(LocalModel model, params (string Tool, string Arguments)[] calls) =>
        model.Answers(Replies.Calls([.. calls.Select((call, number) => ($"c{number}", call.Tool, call.Arguments))]), Replies.Says("Thank you."));

    /// <summary>What the tools of the model's latest question answered.</summary>
    public static string[] Answers(LocalModel model)
    {
        var messages = model.Requests[^1].Messages.ToArray();
        var begun = Array.FindLastIndex(messages, message => (string)message["role"]! == "user");
        return [.. messages[begun..].Where(message => (string)message["role"]! == "tool").Select(ModelRequest.TextOf)];
    }

    /// <summary>The run, once it is over.</summary>
    public static async Task<RunRow> OverAsync(Peer peer, string run) =>
        (await peer.GetAsync(RunsWaitParams.Method, new JsonObject { ["runId"] = run, ["timeoutMs"] = 25_000 })).Deserialize(ProtocolJson.Default.RunRow)!;

    public static async Task<string> SpawnAsync(Peer peer, string agent, params string[] scopes) => (await peer.GetAsync(RunsSpawnParams.Method, new JsonObject
    {
        ["runtime"] = "subagent", ["agentId"] = agent, ["task"] = "count", ["scopes"] = scopes.Length == 0 ? null : new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]),
    })).GetProperty("runId").GetString()!;

    /// <summary>What stands in a conversation, oldest first.</summary>
    public static async Task<string[]> HistoryAsync(Peer peer, string key) =>
        [.. (await peer.GetAsync("chat.history", new JsonObject { ["sessionKey"] = key })).GetProperty("messages").EnumerateArray().Select(message => message.GetRawText())];

    /// <summary>Until it is there.</summary>
    public static async Task<T> SeenAsync<T>(Func<Task<T?>> look) where T : class
    {
        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        T? seen;
        while ((seen = await look()) is null)
        {
            await Task.Delay(20, limit.Token);
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Main.DisposeAsync();
        await Bob.DisposeAsync();
        await Eve.DisposeAsync();
    }
}
