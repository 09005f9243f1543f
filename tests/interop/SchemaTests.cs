using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

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
    public async Task SetupCode_AndWhatBecomesOfIt_AreOfThePublishedSchema()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read", "operator.pairing", "operator.admin");
        using var node = ReferenceClient.Node(url);
        var watching = owner.Start(token, until: "close");
        await watching.NextAsync("hello");

        var code = await owner.Start(token, calls: ("device.pair.setupCode", new JsonObject { ["bootstrapProfile"] = "node", ["publicUrl"] = url })).ResultAsync();
        _schema.Holds("DevicePairSetupCodeResult", code);
        Assert.True(SetupLink.TryParse(code.GetProperty("setupCode").GetString(), out var link, out var problem), problem);
        (string Method, JsonObject? Parameters) status = ("device.pair.setupStatus", new JsonObject { ["setupId"] = code.GetProperty("setupId").GetString() });
        var waiting = await owner.Start(token, calls: status).ResultAsync();
        _schema.Holds("DevicePairSetupStatusResult", waiting);
        Assert.Empty(waiting.EnumerateObject());

        node.Wanted["bootstrapToken"] = link.Token.Reveal();
        _schema.Holds("HelloOk", (await node.Start(until: "close").NextAsync("hello")).GetProperty("hello"));

        var completed = await watching.EventAsync("device.pair.setup.completed");
        _schema.Holds("DevicePairSetupCompletedEvent", completed);
        var done = await owner.Start(token, calls: status).ResultAsync();
        _schema.Holds("DevicePairSetupStatusResult", done);
        Assert.Equal(completed.GetProperty("deviceId").GetString(), done.GetProperty("completion").GetProperty("deviceId").GetString());
        await host.JsonAsync("down");
    }

    [WithReferenceClientFact]
    public async Task WhatIsReadOfTheGateway_IsOfThePublishedSchema()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read");

        var answers = owner.Start(token, calls: [("config.get", null), ("logs.tail", new JsonObject { ["limit"] = 10 }), ("last-heartbeat", null), ("agents.list", null), ("models.list", new JsonObject { ["view"] = "all" })]);

        // The schema describes no result of config.get: these are the members that clients read.
        var config = await answers.ResultAsync();
        Assert.All(["path", "raw", "hash"], name => Assert.Equal(JsonValueKind.String, config.GetProperty(name).ValueKind));
        Assert.All(["parsed", "resolved", "config"], name => Assert.Equal(JsonValueKind.Object, config.GetProperty(name).ValueKind));
        Assert.All(["issues", "warnings"], name => Assert.Equal(JsonValueKind.Array, config.GetProperty(name).ValueKind));
        Assert.True(config.GetProperty("valid").GetBoolean());
        _schema.Holds("LogsTailResult", await answers.ResultAsync());
        Assert.Equal(JsonValueKind.Null, (await answers.ResultAsync()).ValueKind);
        _schema.Holds("AgentsListResult", await answers.ResultAsync());
        _schema.Holds("ModelsListResult", await answers.ResultAsync());
        await host.JsonAsync("down");
    }

    [WithReferenceClientFact]
    public void WhatNetclawsOwnNodeAndCommandLineSend_OfApprovals_IsOfThePublishedSchema()
    {
        var id = ApprovalId.New().ToString();
        _schema.Holds("ExecApprovalRequestParams", JsonSerializer.SerializeToElement(new ExecApprovalRequestParams
        {
            CommandArgv = ["/usr/bin/git", "status"], ResolvedPath = "/usr/bin/git", Cwd = "/srv", Env = ImmutableDictionary<string, string>.Empty.Add("COLOUR", "blue"), TwoPhase = true,
        }, ProtocolJson.Default.ExecApprovalRequestParams));
        _schema.Holds("ExecApprovalRequestParams", JsonSerializer.SerializeToElement(new ExecApprovalRequestParams
        {
            Command = "git status", NodeId = "den", Host = "node", WarningText = "careful", AgentId = "main", SessionKey = "agent:main:main", UnavailableDecisions = [ApprovalDecision.AllowAlways], TimeoutMs = 1,
        }, ProtocolJson.Default.ExecApprovalRequestParams));
        foreach (var decision in Enum.GetValues<ApprovalDecision>())
        {
            var resolve = JsonSerializer.SerializeToElement(new ExecApprovalResolveParams(id, decision), ProtocolJson.Default.ExecApprovalResolveParams);
            _schema.Holds("ExecApprovalResolveParams", resolve);
            _schema.Holds("ApprovalDecision", resolve.GetProperty("decision"));
        }

        _schema.Holds("ExecApprovalGetParams", JsonSerializer.SerializeToElement(new ExecApprovalGetParams(id), ProtocolJson.Default.ExecApprovalGetParams));
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
            ("device.token.revoke", "DeviceTokenRevokeParams"), ("device.pair.setupStatus", "DevicePairSetupStatusParams"),
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
