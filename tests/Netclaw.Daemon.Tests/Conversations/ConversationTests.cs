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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AClientThatDropsInTheMiddle_GoesOnWithoutGapOrRepeat(bool native)
    {
        string cursor;
        ScriptedTurn turn;
        await using (var first = await Peer.OperatorAsync(_host, native))
        {
            await first.GetAsync("sessions.create", new JsonObject { ["key"] = "main" });
            cursor = Text(await first.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main" }), "deltaCursor");
            await first.GetAsync("chat.send", Chat("main", "Tell me a story.", "r1"));
            turn = await _agents.NextAsync();
            turn.Sink.Delta("Once ");
            while (!(await first.HearsAsync("chat")).TryGetProperty("deltaText", out _))
            {
            }
        }

        turn.Sink.Delta("upon ");
        await using var second = await Peer.OperatorAsync(_host, native);
        await second.GetAsync("sessions.messages.subscribe", new JsonObject { ["key"] = "main" });
        JsonElement page;
        do
        {
            page = await second.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = cursor });
        }
        while (Text(page.GetProperty("inFlightRun"), "text") != "Once upon ");

        Assert.Equal(("delta", "user"), (Text(page, "kind"), Text(Assert.Single(page.GetProperty("messages").EnumerateArray()), "role")));
        var (told, seq) = (Text(page.GetProperty("inFlightRun"), "text"), page.GetProperty("inFlightRun").GetProperty("seq").GetInt64());
        turn.Sink.Delta("a time.");
        turn.Answer("Once upon a time.");
        JsonElement said;
        do
        {
            said = await second.HearsAsync("chat");
            told += said.GetProperty("seq").GetInt64() > seq && said.TryGetProperty("deltaText", out var more) ? more.GetString() : "";
        }
        while (Text(said, "state") != "final");

        Assert.Equal("Once upon a time.", told);
        var rest = await second.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = Text(page, "deltaCursor") });
        Assert.Equal([2], rest.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt32()));
        Assert.Empty((await second.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = Text(rest, "deltaCursor") })).GetProperty("messages").EnumerateArray());
        await second.GetAsync("sessions.reset", new JsonObject { ["key"] = "main" });
        Assert.Equal("reset", Text(await second.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = Text(rest, "deltaCursor") }), "kind"));
    }

    [Fact]
    public async Task TheAgentMethod_IsAnsweredTwice_OnTheGatewayWebSocket()
    {
        await using var peer = await Peer.OperatorAsync(_host, native: false);
        await peer.StartAsync("a", "agent", new JsonObject { ["message"] = "Go.", ["idempotencyKey"] = "r1" });

        var accepted = Peer.Payload(await peer.EndAsync("a"));
        Assert.Equal(("r1", "accepted", "agent:main:main"), (Text(accepted, "runId"), Text(accepted, "status"), Text(accepted, "sessionKey")));
        (await _agents.NextAsync()).Answer("Gone.");
        var final = Peer.Payload(await peer.EndAsync("a"));
        Assert.Equal(("r1", "ok", "completed", "Gone."), (Text(final, "runId"), Text(final, "status"), Text(final, "summary"), Text(final.GetProperty("result").GetProperty("payloads")[0], "text")));
    }

    [Fact]
    public async Task TheAgentMethod_IsAnsweredOnce_OnSignalR()
    {
        await using var peer = await Peer.OperatorAsync(_host, native: true);
        await peer.StartAsync("a", "agent", new JsonObject { ["message"] = "Go.", ["idempotencyKey"] = "r1" });
        (await _agents.NextAsync()).Answer("Gone.");

        Assert.Equal("ok", Text(Peer.Payload(await peer.EndAsync("a")), "status"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turns_WaitInOrder_AndCanBeStopped(bool native)
    {
        await using var peer = await Peer.OperatorAsync(_host, native);
        await peer.GetAsync("chat.send", Chat("main", "One.", "r1"));
        var one = await _agents.NextAsync();
        Assert.Equal(1, (await peer.GetAsync("chat.send", Chat("main", "Two.", "r2"))).GetProperty("position").GetInt32());
        Assert.Equal(2, (await peer.GetAsync("chat.send", Chat("main", "Three.", "r3"))).GetProperty("position").GetInt32());
        Assert.Equal("in_flight", Text(await peer.GetAsync("chat.send", Chat("main", "Two.", "r2")), "status"));

        Assert.True((await peer.GetAsync("chat.abort", new JsonObject { ["sessionKey"] = "main", ["runId"] = "r2" })).GetProperty("aborted").GetBoolean());
        one.Sink.Delta("Half an ans");
        Assert.Equal("aborted", Text(await peer.GetAsync("sessions.abort", new JsonObject { ["runId"] = "r1" }), "status"));
        await one.StoppingAsync();
        one.End(new AgentOutcome.Cancelled("Half an ans"));

        var three = await _agents.NextAsync();
        Assert.Equal(["One.", "Two.", "Half an ans"], three.Turn.History.Select(said => said.Text));
        three.Answer("Three it is.");
        Assert.Equal("ok", Text(await peer.GetAsync("agent.wait", new JsonObject { ["runId"] = "r3" }), "status"));
        Assert.Equal("error", Text(await peer.GetAsync("agent.wait", new JsonObject { ["runId"] = "r2" }), "status"));
        Assert.Equal("timeout", Text(await peer.GetAsync("agent.wait", new JsonObject { ["runId"] = "never", ["timeoutMs"] = 1 }), "status"));
        Assert.Equal("no-active-run", Text(await peer.GetAsync("sessions.abort", new JsonObject { ["key"] = "main" }), "status"));
    }

    [Fact]
    public async Task SeveralFollowers_HearEveryMessage_InOrder_AndNobodyElseDoes()
    {
        const int Messages = 20;
        Peer[] followers = [await Peer.OperatorAsync(_host, native: true), await Peer.OperatorAsync(_host, native: false), await Peer.OperatorAsync(_host, native: true)];
        try
        {
            foreach (var follower in followers)
            {
                await follower.GetAsync("sessions.messages.subscribe", new JsonObject { ["key"] = "main" });
            }

            await followers[2].GetAsync("sessions.messages.unsubscribe", new JsonObject { ["key"] = "main" });
            await followers[2].GetAsync("sessions.messages.subscribe", new JsonObject { ["key"] = "other" });
            for (var i = 1; i <= Messages; i++)
            {
                await followers[0].GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = $"message {i}" });
            }

            await followers[0].GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "other", ["message"] = "elsewhere" });
            foreach (var follower in followers[..2])
            {
                for (var i = 1; i <= Messages; i++)
                {
                    var heard = await follower.HearsAsync("session.message");
                    Assert.Equal(("agent:main:main", i, $"message {i}"), (Text(heard, "sessionKey"), heard.GetProperty("messageSeq").GetInt32(), TextOf(heard.GetProperty("message"))));
                }
            }

            Assert.Equal("agent:main:other", Text(await followers[2].HearsAsync("session.message"), "sessionKey"));
        }
        finally
        {
            foreach (var follower in followers)
            {
                await follower.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task ATurnThatWasOpenWhenTheDaemonWentDown_IsLost_AndTheTranscriptSaysSo()
    {
        await using (var peer = await Peer.OperatorAsync(_host, native: true))
        {
            await peer.GetAsync("chat.send", Chat("main", "Are you there?", "r1"));
            await _agents.NextAsync();
            await peer.GetAsync("chat.send", Chat("main", "And you?", "r2"));
        }

        _host = await _host.RestartAsync(With(_agents));
        await using var again = await Peer.OperatorAsync(_host, native: true);
        Assert.Equal("error", Text(await again.GetAsync("agent.wait", new JsonObject { ["runId"] = "r1" }), "status"));
        Assert.Equal("error", Text(await again.GetAsync("agent.wait", new JsonObject { ["runId"] = "r2" }), "status"));
        var messages = (await again.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main" })).GetProperty("messages").EnumerateArray().ToArray();
        Assert.Equal(["user", "user", "system", "system"], messages.Select(message => Text(message, "role")));
        Assert.Contains("the answer is lost", TextOf(messages[2]), StringComparison.Ordinal);
        Assert.Equal("error", Text(await again.GetAsync("chat.send", Chat("main", "Are you there?", "r1")), "status"));
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
