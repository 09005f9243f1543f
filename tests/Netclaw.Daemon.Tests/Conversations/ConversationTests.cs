using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary>Conversations over real sockets and a real journal, by either transport.</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private readonly ScriptedAgents _agents = new("main");
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(overrides: With(_agents));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMessage_IsAnsweredByTheAgent_AndBothStandInTheHistory(bool native)
    {
        await using var peer = await Peer.OperatorAsync(_host, native);
        await peer.GetAsync("sessions.messages.subscribe", new JsonObject { ["key"] = "main" });

        var sent = await peer.GetAsync("chat.send", Chat("main", "What is up?", "r1"));
        Assert.Equal(("r1", "started", 1), (Text(sent, "runId"), Text(sent, "status"), sent.GetProperty("messageSeq").GetInt32()));
        var turn = await _agents.NextAsync();
        Assert.Equal(("main", "What is up?", "agent:main:main", 0), (turn.Turn.Agent, turn.Turn.Prompt, turn.Turn.Conversation.ToString(), turn.Turn.History.Length));
        turn.Sink.Delta("The ");
        turn.Sink.Delta("sky.");
        var (text, last) = await HearAnswerAsync(peer, turn, "The sky.");

        Assert.Equal("The sky.", text);
        Assert.Equal(("final", "stop", "The sky."), (Text(last, "state"), Text(last, "stopReason"), TextOf(last.GetProperty("message"))));
        var history = await peer.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main" });
        Assert.Equal(
            [(1, "user", "What is up?"), (2, "assistant", "The sky.")],
            history.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("seq").GetInt32(), Text(message, "role"), TextOf(message))));
        Assert.Equal((2, false, "agent:main:main"), (history.GetProperty("totalMessages").GetInt32(), history.GetProperty("hasMore").GetBoolean(), Text(history, "sessionKey")));
    }

    [Fact]
    public async Task ARestart_KeepsConversations_AndTheSameKeyIsOneTurn()
    {
        await using (var peer = await Peer.OperatorAsync(_host, native: false))
        {
            await peer.GetAsync("chat.send", Chat("main", "Remember this.", "r1"));
            (await _agents.NextAsync()).Answer("I do.");
            Assert.Equal("ok", Text(await peer.GetAsync("agent.wait", new JsonObject { ["runId"] = "r1" }), "status"));
            await peer.GetAsync("sessions.patch", new JsonObject { ["key"] = "main", ["label"] = "Memory" });
        }

        _host = await _host.RestartAsync(With(_agents));
        await using var again = await Peer.OperatorAsync(_host, native: false);
        var row = (await again.GetAsync("sessions.list")).GetProperty("sessions")[0];
        Assert.Equal(("agent:main:main", "Memory", "I do.", 2), (Text(row, "key"), Text(row, "label"), Text(row, "lastMessagePreview"), row.GetProperty("messageCount").GetInt32()));
        Assert.Equal("ok", Text(await again.GetAsync("chat.send", Chat("main", "Remember this.", "r1")), "status"));
        Assert.Equal(1, _agents.Started);

        await again.GetAsync("chat.send", Chat("main", "What did I say?", "r2"));
        var turn = await _agents.NextAsync();
        Assert.Equal(["Remember this.", "I do."], turn.Turn.History.Select(said => said.Text));
    }

    private static Action<IServiceCollection> With(ScriptedAgents agents) => services => services.AddSingleton<IAgents>(agents);

    /// <summary>Hears the deltas, then has the turn end as <paramref name="whole"/>.</summary>
    private static async Task<(string Text, JsonElement Last)> HearAnswerAsync(Peer peer, ScriptedTurn turn, string whole)
    {
        var (text, seen) = ("", 0L);
        while (true)
        {
            var said = await peer.HearsAsync("chat");
            Assert.True(said.GetProperty("seq").GetInt64() > seen, "events of a run are numbered");
            seen = said.GetProperty("seq").GetInt64();
            text += said.TryGetProperty("deltaText", out var delta) ? delta.GetString() : "";
            if (text == whole)
            {
                turn.Answer(whole);
            }

            if (Text(said, "state") is "final" or "aborted" or "error")
            {
                return (text, said);
            }
        }
    }

    private static JsonObject Chat(string key, string message, string run) => new() { ["sessionKey"] = key, ["message"] = message, ["idempotencyKey"] = run };

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static string TextOf(JsonElement message) => message.GetProperty("content")[0].GetProperty("text").GetString()!;
}
