using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Commands from an operator to a node and back, over real sockets, each side by either transport.</summary>
public sealed class NodeInvokeTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ACommand_GoesToTheNode_AndItsAnswerToWhoeverAsked(bool nativeOperator, bool nativeNode)
    {
        await using var node = await LendingAsync(nativeNode, "system.run", "system.which");
        await using var caller = await Peer.OperatorAsync(_host, nativeOperator);

        await caller.StartAsync("i", "node.invoke", Invoke(node, "system.run", "k1", new JsonObject { ["command"] = new JsonArray("true"), ["runId"] = "mine" }));
        var asked = await node.HearsAsync("node.invoke.request");
        Assert.Equal((node.NodeId, "system.run", "k1", 30_000), (Text(asked, "nodeId"), Text(asked, "command"), Text(asked, "idempotencyKey"), asked.GetProperty("timeoutMs").GetInt32()));
        var parameters = JsonElement.Parse(Text(asked, "paramsJSON"));
        Assert.Equal("true", parameters.GetProperty("command")[0].GetString());
        Assert.Equal(Text(asked, "id"), Text(parameters, "runId"));

        Assert.True((await node.GetAsync("node.invoke.progress", new JsonObject { ["invokeId"] = Text(asked, "id"), ["nodeId"] = node.NodeId, ["seq"] = 0, ["chunk"] = "half" })).GetProperty("ok").GetBoolean());
        var progress = await caller.HearsAsync("node.invoke.progress");
        Assert.Equal(("half", "k1", Text(asked, "id")), (Text(progress, "chunk"), Text(progress, "idempotencyKey"), Text(progress, "invokeId")));

        Assert.True((await node.GetAsync("node.invoke.result", Result(node, asked, """{"exitCode":0}"""))).GetProperty("ok").GetBoolean());
        var result = Peer.Payload(await caller.EndAsync("i"));
        Assert.Equal((true, node.NodeId, "system.run", """{"exitCode":0}"""), (result.GetProperty("ok").GetBoolean(), Text(result, "nodeId"), Text(result, "command"), Text(result, "payloadJSON")));
        Assert.Equal(0, result.GetProperty("payload").GetProperty("exitCode").GetInt32());

        // The same key again is the same answer, and the node is not asked again; what it says late is taken.
        Assert.Equal(result.GetRawText(), (await caller.GetAsync("node.invoke", Invoke(node, "system.run", "k1", new JsonObject { ["command"] = new JsonArray("true"), ["runId"] = "mine" }))).GetRawText());
        Assert.True((await node.GetAsync("node.invoke.result", Result(node, asked, "{}"))).GetProperty("ok").GetBoolean());
        Assert.Equal("invalid_request", await caller.RefusedAsync("node.invoke", Invoke(node, "system.run", "k1", new JsonObject { ["command"] = new JsonArray("false") })));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ANode_ThatGoesInTheMiddle_IsAnsweredForAtOnce(bool native)
    {
        var node = await LendingAsync(native, "system.which");
        await using var caller = await Peer.OperatorAsync(_host, native: false);
        await caller.StartAsync("i", "node.invoke", Invoke(node, "system.which", "k1"));
        await node.HearsAsync("node.invoke.request");
        await node.DisposeAsync();

        var error = (await caller.EndAsync("i")).GetProperty("error");
        Assert.Equal(("UNAVAILABLE", true), (Text(error, "code"), error.GetProperty("retryable").GetBoolean()));
        Assert.StartsWith("node not connected", Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal(("NOT_CONNECTED", true), (Text(error.GetProperty("details"), "code"), error.GetProperty("details").GetProperty("nodeCommandDispatched").GetBoolean()));

        var after = (await caller.CallAsync("node.invoke", Invoke(node, "system.which", "k2"))).GetProperty("error");
        Assert.Equal(("node not connected", false), (Text(after, "message"), after.GetProperty("details").GetProperty("nodeCommandDispatched").GetBoolean()));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ACaller_ThatGoes_OrGivesUp_HasTheNodeStop(bool nativeOperator, bool nativeNode)
    {
        await using var node = await LendingAsync(nativeNode, "system.which");
        var caller = await Peer.OperatorAsync(_host, nativeOperator);
        await caller.StartAsync("i", "node.invoke", Invoke(node, "system.which", "k1"));
        var first = await node.HearsAsync("node.invoke.request");
        Assert.True((await caller.GetAsync("node.invoke.input", new JsonObject { ["nodeId"] = node.NodeId, ["idempotencyKey"] = "k1", ["seq"] = 0, ["payloadJSON"] = "{}" })).GetProperty("ok").GetBoolean());
        Assert.Equal("{}", Text(await node.HearsAsync("node.invoke.input"), "payloadJSON"));

        await caller.StartAsync("c", "node.invoke.cancel", new JsonObject { ["nodeId"] = node.NodeId, ["idempotencyKey"] = "k1" });
        Assert.True(Peer.Payload(await caller.EndAsync("c")).GetProperty("ok").GetBoolean());
        Assert.Equal("node_invoke_cancelled", Peer.Code(await caller.EndAsync("i")));
        Assert.Equal(Text(first, "id"), Text(await node.HearsAsync("node.invoke.cancel"), "invokeId"));

        await caller.StartAsync("j", "node.invoke", Invoke(node, "system.which", "k2"));
        var second = await node.HearsAsync("node.invoke.request");
        await caller.DisposeAsync();
        Assert.Equal(Text(second, "id"), Text(await node.HearsAsync("node.invoke.cancel"), "invokeId"));
    }

    [Fact]
    public async Task Time_EndsIt_AndTheNodeIsToldToStop()
    {
        await using var node = await LendingAsync(native: false, "system.which");
        await using var caller = await Peer.OperatorAsync(_host, native: false);
        var invoke = Invoke(node, "system.which", "k1");
        invoke["timeoutMs"] = 50;

        var error = (await caller.CallAsync("node.invoke", invoke)).GetProperty("error");

        Assert.Equal(("UNAVAILABLE", "TIMEOUT"), (Text(error, "code"), Text(error.GetProperty("details"), "code")));
        Assert.Equal(50, (await node.HearsAsync("node.invoke.request")).GetProperty("timeoutMs").GetInt32());
        await node.HearsAsync("node.invoke.cancel");
    }

    [Fact]
    public async Task WhatIsNotLent_IsNotRouted_AndTheRefusalSaysWhy()
    {
        await using var node = await LendingAsync(native: false, "system.which", "camera.snap", "fs.listDir", "system.execApprovals.get");
        await using var caller = await Peer.OperatorAsync(_host, native: false);
        await using var writer = await Peer.OperatorAsync(_host, native: false, "operator.write");

        var error = (await caller.CallAsync("node.invoke", Invoke(node, "camera.snap", "k1"))).GetProperty("error");
        Assert.Equal(("INVALID_REQUEST", "camera.snap", "command not allowlisted"), (Text(error, "code"), Text(error.GetProperty("details"), "command"), Text(error.GetProperty("details"), "reason")));
        Assert.StartsWith("node command not allowed: ", Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal("node_command_not_allowed", await caller.RefusedAsync("node.invoke", Invoke(node, "system.run", "k2", new JsonObject())));
        Assert.Equal("node_command_not_allowed", await caller.RefusedAsync("node.invoke", Invoke(node, "system.execApprovals.get", "k3")));
        Assert.Equal("missing_scope", await writer.RefusedAsync("node.invoke", Invoke(node, "fs.listDir", "k4")));
        Assert.Equal("invalid_request", await caller.RefusedAsync("node.invoke", new JsonObject { ["nodeId"] = node.NodeId, ["command"] = "system.which" }));

        var unknown = (await caller.CallAsync("node.invoke", Invoke(new string('a', 64), "system.which", "k5"))).GetProperty("error");
        Assert.Equal(("UNAVAILABLE", "PAIRING_CHANGED"), (Text(unknown, "code"), Text(unknown.GetProperty("details"), "code")));
    }

    /// <summary>The node's frame holds it, the caller's would not with what is around it: the caller hears why, and the node goes on.</summary>
    [Fact]
    public async Task AResultLargerThanAFrame_IsRefusedToTheCaller_AndTheNodeStays()
    {
        await using var node = await LendingAsync(native: false, "system.which");
        await using var caller = await Peer.OperatorAsync(_host, native: false);
        await caller.StartAsync("i", "node.invoke", Invoke(node, "system.which", "k1"));
        var asked = await node.HearsAsync("node.invoke.request");
        var around = Result(node, asked, "").ToJsonString().Length + 256;

        Assert.True((await node.GetAsync("node.invoke.result", Result(node, asked, $"\"{new string('x', Limits.MessageBytes - around)}\""))).GetProperty("ok").GetBoolean());

        var error = (await caller.EndAsync("i")).GetProperty("error");
        Assert.Equal(("UNAVAILABLE", "node_result_too_large"), (Text(error, "code"), Text(error.GetProperty("details"), "netclawCode")));
        Assert.Contains($"one message holds {Limits.MessageBytes}", Text(error, "message"), StringComparison.Ordinal);
        Assert.True(error.GetProperty("details").GetProperty("nodeCommandDispatched").GetBoolean());
        Assert.StartsWith("netclaw ", Text(error.GetProperty("details"), "remedy"), StringComparison.Ordinal);

        await caller.StartAsync("j", "node.invoke", Invoke(node, "system.which", "k2"));
        await node.GetAsync("node.invoke.result", Result(node, await node.HearsAsync("node.invoke.request"), "{}"));
        Assert.Equal("{}", Text(Peer.Payload(await caller.EndAsync("j")), "payloadJSON"));
    }

    /// <summary>No frame holds it: that ends the node's connection, as any frame too long does, and its caller is answered for it.</summary>
    [Fact]
    public async Task AResultThatNoFrameHolds_EndsTheNodesConnection_AndItsCallerIsAnswered()
    {
        await using var node = await LendingAsync(native: false, "system.which");
        await using var caller = await Peer.OperatorAsync(_host, native: false);
        await caller.StartAsync("i", "node.invoke", Invoke(node, "system.which", "k1"));
        var asked = await node.HearsAsync("node.invoke.request");

        await node.StartAsync("r", "node.invoke.result", Result(node, asked, $"\"{new string('x', Limits.MessageBytes)}\""));

        Assert.Equal("NOT_CONNECTED", Text((await caller.EndAsync("i")).GetProperty("error").GetProperty("details"), "code"));
        Assert.Contains("(1009,", (await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => node.EndAsync("r"))).Message, StringComparison.Ordinal);
    }

    /// <summary>A browser on a remote machine is one more command: approved as part of the surface, and asked for by admin alone.</summary>
    [Fact]
    public async Task ABrowser_ThatANodeLends_IsRoutedByTheSamePolicy()
    {
        var key = Peer.KeyOf(false);
        await using var node = await Peer.NodeAsync(_host, native: false, key, "browser.proxy");
        await using var caller = await Peer.OperatorAsync(_host, native: false);
        await using var writer = await Peer.OperatorAsync(_host, native: false, "operator.write");
        var request = new JsonObject { ["method"] = "GET", ["path"] = "/tabs", ["timeoutMs"] = 1000 };
        Assert.Equal("node_command_not_allowed", await caller.RefusedAsync("node.invoke", Invoke(node, "browser.proxy", "b1", (JsonObject)request.DeepClone())));

        await Peer.ApproveAsync(_host, node.NodeId);
        Assert.Equal("missing_scope", await writer.RefusedAsync("node.invoke", Invoke(node, "browser.proxy", "b2", (JsonObject)request.DeepClone())));

        await caller.StartAsync("i", "node.invoke", Invoke(node, "browser.proxy", "b3", (JsonObject)request.DeepClone()));
        var asked = await node.HearsAsync("node.invoke.request");
        Assert.Equal(("browser.proxy", request.ToJsonString()), (Text(asked, "command"), Text(asked, "paramsJSON")));
        await node.GetAsync("node.invoke.result", Result(node, asked, """{"result":{"tabs":[]}}"""));
        Assert.Equal("""{"result":{"tabs":[]}}""", Text(Peer.Payload(await caller.EndAsync("i")), "payloadJSON"));

        await File.WriteAllTextAsync(_host.Home.ConfigFile, """{"nodes":{"commands":{"deny":["browser.proxy"]}}}""");
        _host = await _host.RestartAsync();
        await using var back = await Peer.NodeAsync(_host, native: false, key, "browser.proxy");
        await using var again = await Peer.OperatorAsync(_host, native: false);
        Assert.Equal("node_command_not_allowed", await again.RefusedAsync("node.invoke", Invoke(back, "browser.proxy", "b4", request)));
    }

    [Fact]
    public async Task ANode_AnswersOnlyWhatItWasAsked()
    {
        await using var node = await LendingAsync(native: false, "system.which");
        await using var stranger = await Peer.NodeAsync(_host, native: true, Peer.KeyOf(true), "system.which");
        await using var caller = await Peer.OperatorAsync(_host, native: false);
        await caller.StartAsync("i", "node.invoke", Invoke(node, "system.which", "k1"));
        var asked = await node.HearsAsync("node.invoke.request");

        Assert.Equal("invalid_request", await stranger.RefusedAsync("node.invoke.result", Result(stranger, asked, "{}")));
        Assert.Equal("invalid_request", await stranger.RefusedAsync("node.invoke.result", Result(node, asked, "{}")));
        await node.GetAsync("node.invoke.result", new JsonObject
        {
            ["id"] = Text(asked, "id"), ["nodeId"] = node.NodeId, ["ok"] = false, ["error"] = new JsonObject { ["code"] = "DENIED", ["message"] = "not on the list" },
        });

        var error = (await caller.EndAsync("i")).GetProperty("error");
        Assert.Equal(("UNAVAILABLE", "not on the list", "DENIED"), (Text(error, "code"), Text(error, "message"), Text(error.GetProperty("details").GetProperty("nodeError"), "code")));
        Assert.Equal("role_not_allowed", await node.RefusedAsync("node.invoke", Invoke(node, "system.which", "k2")));
        Assert.Equal("role_not_allowed", await caller.RefusedAsync("node.invoke.result", Result(node, asked, "{}")));
    }

    [Fact]
    public async Task Reports_WaitForApproval_ThenStandWithTheConnection_AndGoWithIt()
    {
        var key = Peer.KeyOf(false);
        var node = await Peer.NodeAsync(_host, native: false, key, "system.which");
        var stats = new JsonObject { ["event"] = "node.host.stats", ["payloadJSON"] = """{"cpuCount":8,"loadAverage":[0.5,0.2,0.1],"memoryTotalBytes":1024}""" };
        var refused = (await node.CallAsync("node.event", stats.DeepClone())).GetProperty("error");
        Assert.Equal(
            ("UNAVAILABLE", "PAIRING_CHANGED", true, "node pairing changed while invocation was active"),
            (Text(refused, "code"), Text(refused.GetProperty("details"), "code"), refused.GetProperty("retryable").GetBoolean(), Text(refused, "message")));
        Assert.StartsWith("node capability surface is awaiting operator approval", Text((await node.CallAsync("node.runnerInventory.update", new JsonObject())).GetProperty("error"), "message"), StringComparison.Ordinal);
        var skills = new JsonObject { ["skills"] = new JsonArray(new JsonObject { ["name"] = "tidy-up", ["description"] = "Tidies", ["content"] = "# Tidy" }) };
        Assert.Equal(node.NodeId, Text(await node.GetAsync("node.skills.update", skills), "nodeId"));
        await Peer.ApproveAsync(_host, node.NodeId);

        Assert.True((await node.GetAsync("node.event", stats)).GetProperty("handled").GetBoolean());
        Assert.False((await node.GetAsync("node.event", new JsonObject { ["event"] = "voice.transcript" })).GetProperty("handled").GetBoolean());
        Assert.Equal(node.NodeId, Text(await node.GetAsync("node.runnerInventory.update", new JsonObject { ["protocolFeatures"] = new JsonArray("a"), ["workerHost"] = new JsonObject { ["enabled"] = true } }), "nodeId"));
        Assert.Empty((await node.GetAsync("skills.bins")).GetProperty("bins").EnumerateArray());
        var session = _host.Service<NodeDirectory>().Find(node.NodeId)!.Session.Id;
        var report = _host.Service<NodeTelemetry>().Of(session);
        Assert.Equal((8, 1024L, "tidy-up"), (report.HostStats!.CpuCount, report.HostStats.MemoryTotalBytes, report.Skills.Single().Name));

        await using var caller = await Peer.OperatorAsync(_host, native: true);
        var row = await caller.GetAsync("node.describe", new JsonObject { ["nodeId"] = node.NodeId });
        Assert.Equal((8, true), (row.GetProperty("hostStats").GetProperty("cpuCount").GetInt32(), row.GetProperty("sessionHost").GetBoolean()));

        await node.DisposeAsync();
        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        while (_host.Service<NodeTelemetry>().Of(session).HostStats is not null)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatWaitsForANode_SurvivesARestart_AndWhatItTookDoesNot(bool native)
    {
        var key = Peer.KeyOf(native);
        string nodeId, action;
        await using (var node = await Peer.NodeAsync(_host, native, key, "system.which"))
        {
            nodeId = node.NodeId;
            await Peer.ApproveAsync(_host, node.NodeId);
            await using var caller = await Peer.OperatorAsync(_host, native);
            var first = await caller.GetAsync("node.pending.enqueue", new JsonObject { ["nodeId"] = nodeId, ["type"] = "status.request", ["wake"] = true });
            Assert.Equal((1, false), (first.GetProperty("revision").GetInt32(), first.GetProperty("wakeTriggered").GetBoolean()));
            await caller.GetAsync("node.pending.enqueue", new JsonObject { ["nodeId"] = nodeId, ["type"] = "location.request", ["priority"] = "high" });
            Assert.Equal("location.request", Text((await node.GetAsync("node.pending.drain", new JsonObject { ["maxItems"] = 1 })).GetProperty("items")[0], "type"));

            await caller.StartAsync("i", "node.invoke", Invoke(node, "system.which", "k1", new JsonObject { ["bins"] = new JsonArray("git") }));
            var asked = await node.HearsAsync("node.invoke.request");
            await node.GetAsync("node.invoke.result", new JsonObject
            {
                ["id"] = Text(asked, "id"), ["nodeId"] = nodeId, ["ok"] = false, ["error"] = new JsonObject { ["code"] = "NODE_BACKGROUND_UNAVAILABLE", ["message"] = "open the app" },
            });
            Assert.Equal("node_action_queued", Peer.Code(await caller.EndAsync("i")));
            Assert.Equal("node_not_approved", await caller.RefusedAsync("node.pending.enqueue", new JsonObject { ["nodeId"] = new string('a', 64), ["type"] = "status.request" }));
        }

        _host = await _host.RestartAsync();
        await using (var node = await Peer.NodeAsync(_host, native, key, "system.which"))
        {
            var drained = await node.GetAsync("node.pending.drain");
            Assert.Equal(("status.request", "normal", 4, false), (
                Text(Assert.Single(drained.GetProperty("items").EnumerateArray()), "type"), Text(drained.GetProperty("items")[0], "priority"), drained.GetProperty("revision").GetInt32(),
                drained.GetProperty("hasMore").GetBoolean()));
            var waiting = Assert.Single((await node.GetAsync("node.pending.pull")).GetProperty("actions").EnumerateArray());
            Assert.Equal(("system.which", """{"bins":["git"]}"""), (Text(waiting, "command"), Text(waiting, "paramsJSON")));
            action = Text(waiting, "id");
            var acked = await node.GetAsync("node.pending.ack", new JsonObject { ["ids"] = new JsonArray(action, "nonsense") });
            Assert.Equal((1, 0), (acked.GetProperty("ackedIds").GetArrayLength(), acked.GetProperty("remainingCount").GetInt32()));
        }

        _host = await _host.RestartAsync();
        await using var again = await Peer.NodeAsync(_host, native, key, "system.which");
        Assert.Empty((await again.GetAsync("node.pending.drain")).GetProperty("items").EnumerateArray());
        Assert.Empty((await again.GetAsync("node.pending.pull")).GetProperty("actions").EnumerateArray());
        (key as IDisposable)?.Dispose();
    }

    private async Task<Peer> LendingAsync(bool native, params string[] commands)
    {
        var node = await Peer.NodeAsync(_host, native, Peer.KeyOf(native), commands);
        await Peer.ApproveAsync(_host, node.NodeId);
        return node;
    }

    private static JsonObject Invoke(Peer node, string command, string key, JsonObject? parameters = null) => Invoke(node.NodeId, command, key, parameters);

    private static JsonObject Invoke(string node, string command, string key, JsonObject? parameters = null)
    {
        var invoke = new JsonObject { ["nodeId"] = node, ["command"] = command, ["idempotencyKey"] = key };
        if (parameters is not null)
        {
            invoke["params"] = parameters;
        }

        return invoke;
    }

    private static JsonObject Result(Peer node, JsonElement asked, string payload) => new() { ["id"] = Text(asked, "id"), ["nodeId"] = node.NodeId, ["ok"] = true, ["payloadJSON"] = payload };

    private static string Text(JsonElement from, string member) => from.GetProperty(member).GetString()!;
}
