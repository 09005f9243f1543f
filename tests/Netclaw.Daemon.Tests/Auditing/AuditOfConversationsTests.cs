using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Auditing;

/// <summary>Who took a conversation away, or spoke in an agent's name: one record each, refused ones too, and not a word of what was said.</summary>
public sealed class AuditOfConversationsTests
{
    [Fact]
    public async Task ResetsDeletesAndInjects_AreRecorded_WithWhoDidIt()
    {
        await using var host = await GatewayHost.StartAsync();
        await using (var owner = await Peer.OperatorAsync(host, native: true))
        await using (var writer = await Peer.OperatorAsync(host, native: false, "operator.read", "operator.write"))
        {
            await owner.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "canary-of-what-was-said" });
            Assert.Equal("missing_scope", await writer.RefusedAsync("sessions.delete", new JsonObject { ["key"] = "main" }));
            Assert.Equal("conversation_not_found", await owner.RefusedAsync("sessions.reset", new JsonObject { ["key"] = "other" }));
            await owner.GetAsync("sessions.reset", new JsonObject { ["key"] = "main" });
            await owner.GetAsync("sessions.delete", new JsonObject { ["key"] = "main" });
        }

        await host.StopAsync();
        var text = await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "logs", "audit.jsonl"));
        var records = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).Where(record => record.GetProperty("kind").GetString() == "Invocation").ToList();

        var mine = $"control:uid={Protocol.UserId.Current}";
        Assert.Equal(
        [
            (mine, "chat.inject", "ok", "ok", "agent:main:main"), ("token:127.0.0.1", "sessions.delete", "refused", "missing_scope", "agent:main:main"),
            (mine, "sessions.reset", "refused", "conversation_not_found", "agent:main:other"), (mine, "sessions.reset", "ok", "ok", "agent:main:main"),
            (mine, "sessions.delete", "ok", "ok", "agent:main:main"),
        ], records.Select(record => (Text(record, "subject"), Text(record, "action"), Text(record, "outcome"), Text(record, "code"), Text(record, "detail"))));
        Assert.DoesNotContain("canary-of-what-was-said", text, StringComparison.Ordinal);
    }

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;
}
