using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary>What those who follow conversations hear, over real sockets: all of it, to the end, and nothing is kept of them afterwards.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private readonly ScriptedAgents _agents = new("main");
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(overrides: With(_agents));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("sessions.delete", "deleted", true)]
    [InlineData("sessions.delete", "deleted", false)]
    [InlineData("sessions.reset", "reset", true)]
    [InlineData("sessions.reset", "reset", false)]
    public async Task AConversationThatGoes_CancelsWhatRunsAndWaits_AndEverybodyHears(string method, string reason, bool native)
    {
        await using var asker = await Peer.OperatorAsync(_host, native);
        await using var other = await Peer.OperatorAsync(_host, native);
        await other.GetAsync("sessions.subscribe");
        await asker.GetAsync("chat.send", Chat("main", "One.", "r1"));
        var turn = await _agents.NextAsync();
        await asker.GetAsync("chat.send", Chat("main", "Two.", "r2"));
        await other.StartAsync("wait", "agent.wait", new JsonObject { ["runId"] = "r2" });

        await other.GetAsync(method, new JsonObject { ["key"] = "main" });

        await turn.StoppingAsync();
        foreach (var run in (string[])["r1", "r2"])
        {
            foreach (var peer in (Peer[])[asker, other])
            {
                var last = await LastAsync(peer, run);
                Assert.Equal(("aborted", reason), (Text(last, "state"), Text(last, "stopReason")));
            }
        }

        var waited = Peer.Payload(await other.EndAsync("wait"));
        Assert.Equal(("error", "the turn was cancelled"), (Text(waited, "status"), Text(waited, "error")));
        Assert.Equal("the turn was cancelled", Text(await asker.GetAsync("agent.wait", new JsonObject { ["runId"] = "r1" }), "error"));
        Assert.Equal(0, _host.Service<Followers>().Runs);
        turn.Answer("too late");
        await asker.GetAsync("chat.send", Chat("main", "Three.", "r3"));
        var next = await _agents.NextAsync();
        Assert.Empty(next.Turn.History);
        next.Answer("Anew.");
        Assert.Equal("final", Text(await LastAsync(asker, "r3"), "state"));
    }

    [Fact]
    public async Task TwoThatDidNotAsk_HearEveryPieceAndTheEnd_AsTheAskerDoes()
    {
        const int Pieces = 50;
        await using var asker = await Peer.OperatorAsync(_host, native: true);
        await using var ofAll = await Peer.OperatorAsync(_host, native: true);
        await using var ofOne = await Peer.OperatorAsync(_host, native: false);
        await ofAll.GetAsync("sessions.subscribe");
        await ofOne.GetAsync("sessions.messages.subscribe", new JsonObject { ["key"] = "main" });
        await asker.GetAsync("chat.send", Chat("main", "Count.", "r1"));
        var turn = await _agents.NextAsync();
        var whole = string.Concat(Enumerable.Range(1, Pieces).Select(i => $"{i} "));
        for (var i = 1; i <= Pieces; i++)
        {
            turn.Sink.Delta($"{i} ");
        }

        turn.Answer(whole);
        var asked = await AllAsync(asker);
        Assert.Equal((whole, "final"), (string.Concat(asked.Select(said => said.Delta)), asked[^1].State));
        Assert.Equal(asked, await AllAsync(ofAll));
        Assert.Equal(asked, await AllAsync(ofOne));
        Assert.Equal(asked.Select(said => said.Seq).Distinct().Order(), asked.Select(said => said.Seq));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhoeverFollowsAll_IsToldWhatListsSay_EachTimeItChanges(bool native)
    {
        await using var peer = await Peer.OperatorAsync(_host, native);
        await using var watcher = await Peer.OperatorAsync(_host, native);
        await watcher.GetAsync("sessions.subscribe");

        await peer.GetAsync("sessions.create", new JsonObject { ["key"] = "main" });
        Assert.False((await ToldAsync(watcher, "create")).TryGetProperty("label", out _));
        await peer.GetAsync("sessions.patch", new JsonObject { ["key"] = "main", ["label"] = "Kitchen" });
        Assert.Equal("Kitchen", Text(await ToldAsync(watcher, "patch"), "label"));
        await peer.GetAsync("chat.send", Chat("main", "Well?", "r1"));
        var running = await ToldAsync(watcher, "message");
        Assert.Equal(("r1", "Well?", 1), (Text(running, "lastRunId"), Text(running, "lastMessagePreview"), running.GetProperty("messageCount").GetInt32()));
        (await _agents.NextAsync()).Answer("Yes.");
        var over = await ToldAsync(watcher, "end");
        Assert.Equal(("Yes.", 2, false), (Text(over, "lastMessagePreview"), over.GetProperty("messageCount").GetInt32(), over.TryGetProperty("lastRunId", out _)));
        await peer.GetAsync("sessions.reset", new JsonObject { ["key"] = "main" });
        Assert.Equal((0, "Kitchen"), (await ToldAsync(watcher, "reset")) is var anew ? (anew.GetProperty("messageCount").GetInt32(), Text(anew, "label")) : default);
        await peer.GetAsync("sessions.delete", new JsonObject { ["key"] = "main" });
        Assert.Equal(JsonValueKind.Undefined, (await ToldAsync(watcher, "delete")).ValueKind);
    }

    [Fact]
    public async Task ACursor_IsGoodAfterARestart_WithWhatCameSince_AndWithoutRepeat()
    {
        string cursor;
        await using (var peer = await Peer.OperatorAsync(_host, native: true))
        {
            await peer.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "one" });
            await peer.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "two" });
            cursor = Text(await peer.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main" }), "deltaCursor");
        }

        _host = await _host.RestartAsync(With(_agents));
        await using var again = await Peer.OperatorAsync(_host, native: true);
        await again.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "three" });
        var page = await again.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = cursor });

        Assert.Equal("delta", Text(page, "kind"));
        Assert.Equal(["three"], page.GetProperty("messages").EnumerateArray().Select(message => Text(message.GetProperty("content")[0], "text")));
        Assert.Empty((await again.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = Text(page, "deltaCursor") })).GetProperty("messages").EnumerateArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsTooLong_IsRefused_AndNothingIsKeptOfIt(bool native)
    {
        await using var peer = await Peer.OperatorAsync(_host, native);
        var (message, name) = (new string('a', ConversationLimits.MessageBytes + 1), new string('n', ConversationLimits.NameCharacters + 1));

        Assert.Equal("invalid_request", await peer.RefusedAsync("chat.send", Chat("main", message, "r1")));
        Assert.Equal("invalid_request", await peer.RefusedAsync("chat.send", Chat("main", "hello", name)));
        Assert.Equal("invalid_request", await peer.RefusedAsync("agent", new JsonObject { ["message"] = "hello", ["idempotencyKey"] = name }));
        Assert.Equal("invalid_request", await peer.RefusedAsync("agent.wait", new JsonObject { ["runId"] = name }));
        Assert.Equal("invalid_request", await peer.RefusedAsync("sessions.create", new JsonObject { ["key"] = "main", ["message"] = "hello", ["idempotencyKey"] = name }));
        Assert.Equal(0, (await peer.GetAsync("sessions.list")).GetProperty("totalCount").GetInt32());

        var created = await peer.GetAsync("sessions.create", new JsonObject { ["key"] = "main", ["message"] = message, ["idempotencyKey"] = "r2" });
        Assert.Equal((false, "invalid_request"), (created.GetProperty("runStarted").GetBoolean(), Text(created.GetProperty("runError"), "code")));
        Assert.Equal((0, 0), (_host.Service<Followers>().Runs, _agents.Started));
        await peer.GetAsync("chat.send", Chat("main", message[1..], "r3"));
        (await _agents.NextAsync()).Answer("Long.");
    }

    [Fact]
    public async Task WhoeverAsksAndGoes_IsNotKept()
    {
        await using (var peer = await Peer.OperatorAsync(_host, native: true))
        {
            await peer.GetAsync("chat.send", Chat("main", "One.", "r1"));
            await peer.GetAsync("sessions.create", new JsonObject { ["key"] = "other", ["message"] = "Two.", ["idempotencyKey"] = "r2" });
            await _agents.NextAsync();
            Assert.Equal(2, _host.Service<Followers>().Runs);
        }

        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        while (_host.Service<Followers>().Runs > 0)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static Action<IServiceCollection> With(ScriptedAgents agents) => services => services.AddSingleton<IAgents>(agents);

    private static JsonObject Chat(string key, string message, string run) => new() { ["sessionKey"] = key, ["message"] = message, ["idempotencyKey"] = run };

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    /// <summary>The next change, which must be this one: the row that it shows, or nothing.</summary>
    private static async Task<JsonElement> ToldAsync(Peer watcher, string reason)
    {
        var changed = await watcher.HearsAsync("sessions.changed");
        Assert.Equal((reason, "agent:main:main"), (Text(changed, "reason"), Text(changed, "sessionKey")));
        return changed.TryGetProperty("session", out var row) ? row : default;
    }

    /// <summary>How a run ended; what comes before it is passed over.</summary>
    private static async Task<JsonElement> LastAsync(Peer peer, string run)
    {
        while (true)
        {
            var said = await peer.HearsAsync("chat");
            if (Text(said, "runId") == run && Text(said, "state") is ("final" or "aborted" or "error"))
            {
                return said;
            }
        }
    }

    private static async Task<List<(long Seq, string State, string? Delta)>> AllAsync(Peer peer)
    {
        var heard = new List<(long Seq, string State, string? Delta)>();
        do
        {
            var said = await peer.HearsAsync("chat");
            heard.Add((said.GetProperty("seq").GetInt64(), Text(said, "state"), said.TryGetProperty("deltaText", out var delta) ? delta.GetString() : null));
        }
        while (heard[^1].State is not ("final" or "aborted" or "error"));

        return heard;
    }
}
