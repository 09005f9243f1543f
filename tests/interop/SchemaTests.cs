using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>What the gateway sends is of the protocol's published schema, which is closed: a word too many is an error too.</summary>
public sealed class SchemaTests
{
    private readonly Schema _schema = Clients.HasSmall ? new Schema() : null!;

    [WithReferenceClientFact]
    public async Task HelloResultsAndEvents_AreOfThePublishedSchema()
    {
        await using var host = new Machine();
        await File.WriteAllTextAsync(host.Home.ConfigFile, """{"pairing":{"autoApproveLocal":false}}""");
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read", "operator.pairing", "operator.admin");
        using var node = ReferenceClient.Node(url);
        var watching = owner.Start(token, until: "close");
        _schema.Holds("HelloOk", (await watching.NextAsync("hello")).GetProperty("hello"));

        var asking = node.Start(token, until: "close");
        var requested = (await watching.NextAsync("event")).GetProperty("payload");
        _schema.Holds("DevicePairRequestedEvent", requested);
        var device = requested.GetProperty("deviceId").GetString();
        var calls = owner.Start(token, calls:
        [
            ("device.pair.approve", new JsonObject { ["requestId"] = requested.GetProperty("requestId").GetString() }), ("system-presence", null), ("health", null),
            ("device.token.rotate", new JsonObject { ["deviceId"] = device, ["role"] = "node" }),
        ]);
        _schema.Holds("DevicePairResolvedEvent", (await watching.NextAsync("event")).GetProperty("payload"));
        _schema.Holds("HelloOk", (await asking.NextAsync("hello")).GetProperty("hello"));
        await calls.ResultAsync();
        foreach (var row in (await calls.ResultAsync()).EnumerateArray())
        {
            _schema.Holds("PresenceEntry", row);
        }

        var health = await calls.ResultAsync();
        _schema.Holds("DeviceTokenRotateResult", await calls.ResultAsync());
        _schema.Holds("Snapshot", JsonSerializer.SerializeToElement(new { presence = Array.Empty<object>(), health, stateVersion = new { presence = 0, health = 0 }, uptimeMs = 0 }));

        var stopping = host.JsonAsync("down");
        JsonElement last;
        do
        {
            last = await watching.NextAsync("event");
        }
        while (last.GetProperty("event").GetString() != "shutdown");

        _schema.Holds("ShutdownEvent", last.GetProperty("payload"));
        await stopping;
    }
}
