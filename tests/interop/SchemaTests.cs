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
        var requested = await watching.EventAsync("device.pair.requested");
        _schema.Holds("DevicePairRequestedEvent", requested);
        var device = requested.GetProperty("deviceId").GetString();
        var calls = owner.Start(token, calls:
        [
            ("device.pair.approve", new JsonObject { ["requestId"] = requested.GetProperty("requestId").GetString() }), ("system-presence", null), ("health", null),
            ("device.token.rotate", new JsonObject { ["deviceId"] = device, ["role"] = "node" }),
        ]);
        _schema.Holds("DevicePairResolvedEvent", await watching.EventAsync("device.pair.resolved"));
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
        _schema.Holds("ShutdownEvent", await watching.EventAsync("shutdown"));
        await stopping;
    }

    [WithReferenceClientFact]
    public async Task PresenceAndHealth_AsTheyAreTold_AreOfThePublishedSchema()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read");
        using var node = ReferenceClient.Node(url);
        var watching = owner.Start(token, until: "close");
        var snapshot = (await watching.NextAsync("hello")).GetProperty("hello").GetProperty("snapshot");
        var health = await watching.EventAsync("health");

        var coming = node.Start(token, until: "close");
        await coming.NextAsync("hello");
        var rows = (await watching.EventAsync("presence")).GetProperty("presence");

        Assert.Equal("node", rows[1].GetProperty("mode").GetString());
        _schema.Holds("Snapshot", JsonSerializer.SerializeToElement(new { presence = rows, health, stateVersion = snapshot.GetProperty("stateVersion"), uptimeMs = 0 }));
        await host.JsonAsync("down");
    }

    [WithReferenceClientFact]
    public async Task Conversations_AreOfThePublishedSchema()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read", "operator.write", "operator.admin");
        var calls = owner.Start(token, calls:
        [
            ("sessions.create", new JsonObject { ["key"] = "main", ["label"] = "Kitchen", ["message"] = "hello" }),
            ("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "hello" }),
            ("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = "1.0" }),
            ("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = "9.0" }),
            ("sessions.resolve", new JsonObject { ["label"] = "Kitchen" }), ("sessions.resolve", new JsonObject { ["label"] = "Cellar", ["allowMissing"] = true }),
            ("sessions.list", new JsonObject { ["archived"] = "all" }), ("sessions.delete", new JsonObject { ["key"] = "main" }),
        ]);

        _schema.Holds("SessionsCreateResult", await calls.ResultAsync());
        await calls.ResultAsync();
        _schema.Holds("ChatHistoryDeltaResult", await calls.ResultAsync());
        _schema.Holds("ChatHistoryResetResult", await calls.ResultAsync());
        _schema.Holds("SessionsResolveResult", await calls.ResultAsync());
        _schema.Holds("SessionsResolveResult", await calls.ResultAsync());
        _schema.Holds("SessionRow", Assert.Single((await calls.ResultAsync()).GetProperty("sessions").EnumerateArray()));
        _schema.Holds("SessionsDeleteResult", await calls.ResultAsync());
        await host.JsonAsync("down");
    }

    [WithReferenceClientFact]
    public void EventsOfTurns_AreOfThePublishedSchema()
    {
        var golden = Directory.EnumerateFiles(Path.Combine(Repository(), "tests", "Netclaw.Protocol.Tests", "Golden")).ToArray();
        foreach (var (prefix, definition) in (ReadOnlySpan<(string, string)>)[("ChatEvent.", "ChatEvent"), ("AgentEvent.", "AgentEvent"), ("SessionRow", "SessionRow")])
        {
            var files = golden.Where(file => Path.GetFileName(file).StartsWith(prefix, StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(files);
            Assert.All(files, file => _schema.Holds(definition, JsonElement.Parse(File.ReadAllBytes(file))));
        }

        static string Repository()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Netclaw.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("the checkout's root");
            }

            return folder;
        }
    }

    [WithReferenceClientFact]
    public async Task ParametersThatThePublishedSchemaRefuses_AreRefused_AsTheProtocolSaysIt()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        (string Method, string Definition)[] methods =
        [
            ("device.pair.list", "DevicePairListParams"), ("device.pair.approve", "DevicePairApproveParams"), ("device.pair.reject", "DevicePairRejectParams"),
            ("device.pair.remove", "DevicePairRemoveParams"), ("device.pair.rename", "DevicePairRenameParams"), ("device.token.rotate", "DeviceTokenRotateParams"),
            ("device.token.revoke", "DeviceTokenRevokeParams"),
        ];
        (string Method, JsonObject? Parameters)[] calls = [.. methods.SelectMany(each => _schema.Spoilt(each.Definition).Select(parameters => (each.Method, (JsonObject?)parameters)))];
        Assert.True(calls.Length > 30, $"only {calls.Length} ways to be wrong");
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read", "operator.pairing", "operator.admin");

        var answers = owner.Start(token, calls: calls);

        foreach (var (method, parameters) in calls)
        {
            var refused = await answers.NextAsync("failed");
            Assert.StartsWith($"invalid {method} params: at ", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.True(method == refused.GetProperty("method").GetString(), $"{method} took {parameters}");
        }

        await host.JsonAsync("down");
    }
}
