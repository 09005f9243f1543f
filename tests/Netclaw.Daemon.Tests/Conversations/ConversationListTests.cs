using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary>The list of conversations over real sockets and a real journal: finding, archiving and deleting them.</summary>
public sealed class ConversationListTests : IAsyncLifetime
{
    private readonly ScriptedAgents _agents = new("main");
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(overrides: With(_agents));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Lists_Search_Page_AndArchive()
    {
        await using var peer = await Peer.OperatorAsync(_host, native: false);
        await using var watcher = await Peer.OperatorAsync(_host, native: true);
        await watcher.GetAsync("sessions.subscribe");
        for (var i = 1; i <= 5; i++)
        {
            await peer.GetAsync("sessions.create", new JsonObject { ["key"] = $"room-{i}", ["label"] = $"Room {i}" });
            Assert.Equal(($"agent:main:room-{i}", "create"), (await watcher.HearsAsync("sessions.changed")) is var changed ? (Text(changed, "sessionKey"), Text(changed, "reason")) : default);
        }

        await peer.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "room-2", ["message"] = "the latest of all" });
        var page = await peer.GetAsync("sessions.list", new JsonObject { ["limit"] = 2 });
        Assert.Equal((2, 5, true, 2), (page.GetProperty("count").GetInt32(), page.GetProperty("totalCount").GetInt32(), page.GetProperty("hasMore").GetBoolean(), page.GetProperty("nextOffset").GetInt32()));
        Assert.Equal("agent:main:room-2", Text(page.GetProperty("sessions")[0], "key"));
        Assert.Equal(1, (await peer.GetAsync("sessions.list", new JsonObject { ["limit"] = 2, ["offset"] = 4 })).GetProperty("count").GetInt32());
        Assert.Equal("Room 4", Text((await peer.GetAsync("sessions.list", new JsonObject { ["search"] = "ROOM 4" })).GetProperty("sessions")[0], "label"));

        await peer.GetAsync("sessions.patch", new JsonObject { ["key"] = "room-3", ["archived"] = true });
        Assert.Equal(4, (await peer.GetAsync("sessions.list")).GetProperty("totalCount").GetInt32());
        Assert.Equal(1, (await peer.GetAsync("sessions.list", new JsonObject { ["archived"] = true })).GetProperty("totalCount").GetInt32());
        Assert.Equal(5, (await peer.GetAsync("sessions.list", new JsonObject { ["archived"] = "all" })).GetProperty("totalCount").GetInt32());
        await peer.GetAsync("sessions.patch", new JsonObject { ["key"] = "room-1", ["label"] = null });
        Assert.False((await peer.GetAsync("sessions.describe", new JsonObject { ["key"] = "room-1" })).GetProperty("session").TryGetProperty("label", out _));
        Assert.Equal("agent:main:room-2", Text(await peer.GetAsync("sessions.resolve", new JsonObject { ["label"] = "Room 2" }), "key"));
        Assert.Equal("missing", Text((await peer.GetAsync("sessions.preview", new JsonObject { ["keys"] = new JsonArray("room-2", "room-9") })).GetProperty("previews")[1], "status"));
    }

    [Fact]
    public async Task Deleting_TakesAdmin_UnlessItIsArchived_AndTheKeyBeginsAnew()
    {
        await using var owner = await Peer.OperatorAsync(_host, native: true);
        await using var writer = await Peer.OperatorAsync(_host, native: false, "operator.read", "operator.write");
        await owner.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "the old one" });
        Assert.Equal("missing_scope", await writer.RefusedAsync("sessions.delete", new JsonObject { ["key"] = "main" }));
        await writer.GetAsync("sessions.patch", new JsonObject { ["key"] = "main", ["archived"] = true });

        Assert.True((await writer.GetAsync("sessions.delete", new JsonObject { ["key"] = "main" })).GetProperty("deleted").GetBoolean());
        Assert.False((await writer.GetAsync("sessions.delete", new JsonObject { ["key"] = "main" })).GetProperty("deleted").GetBoolean());
        Assert.Equal(1, (await owner.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "the new one" })).GetProperty("messageSeq").GetInt32());

        _host = await _host.RestartAsync(With(_agents));
        await using var again = await Peer.OperatorAsync(_host, native: true);
        var history = await again.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main" });
        Assert.Equal("the new one", TextOf(Assert.Single(history.GetProperty("messages").EnumerateArray())));
    }

    private static Action<IServiceCollection> With(ScriptedAgents agents) => services => services.AddSingleton<IAgents>(agents);

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static string TextOf(JsonElement message) => message.GetProperty("content")[0].GetProperty("text").GetString()!;
}
