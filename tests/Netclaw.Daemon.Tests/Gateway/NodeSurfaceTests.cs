using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>What nodes lend, from the first hello to the last word, over real sockets and both ways in.</summary>
public sealed class NodeSurfaceTests : IAsyncLifetime
{
    private const string Config = """{"nodes":{"commands":{"allow":["camera.snap"],"deny":["terminal.upload"]}}}""";

    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(Config);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task ProtocolNode_IsLetInAtOnce_AsksOnce_AndLendsOnceApproved()
    {
        var device = new ProtocolDevice();
        using var watcher = await OperatorAsync();
        using var caller = await OperatorAsync();
        using var node = await NodeAsync(device, "system.run", "system.which");

        var asked = (await watcher.EventAsync("node.pair.requested")).GetProperty("payload");
        Assert.Equal(device.Id.Hex, asked.GetProperty("nodeId").GetString());
        Assert.Equal(["system.run", "system.which"], Names(asked.GetProperty("commands")));
        Assert.Equal(["operator.admin", "operator.pairing"], Names(asked.GetProperty("requiredApproveScopes")));
        Assert.Equal((true, "node-host"), (asked.GetProperty("silent").GetBoolean(), asked.GetProperty("clientId").GetString()));
        Assert.Equal("pending-approval", await StateAsync(caller, device));
        Assert.Empty(Names(await RowAsync(caller, device, "commands")));

        var approved = Payload(await caller.CallAsync("a", "node.pair.approve", new JsonObject { ["requestId"] = asked.GetProperty("requestId").GetString() }));
        Assert.Equal(device.Id.Hex, approved.GetProperty("node").GetProperty("nodeId").GetString());

        var heard = await node.EventAsync("node.pair.resolved");
        Assert.Equal(("approved", device.Id.Hex), (heard.GetProperty("payload").GetProperty("decision").GetString(), heard.GetProperty("payload").GetProperty("nodeId").GetString()));
        Assert.False(heard.TryGetProperty("seq", out _), "what one client alone hears is not numbered");
        Assert.True((await watcher.EventAsync("node.pair.resolved")).TryGetProperty("seq", out _));
        Assert.Equal("approved", await StateAsync(caller, device));
        Assert.Equal(["system.run", "system.which"], Names(await RowAsync(caller, device, "commands")));
    }

    [Fact]
    public async Task ApprovedNode_ComesBackWithoutAPrompt_AfterARestartToo()
    {
        var device = new ProtocolDevice();
        using (var node = await NodeAsync(device, "system.which"))
        {
            await ApproveOnlyAsync();
            await node.EventAsync("node.pair.resolved");
        }

        using (await NodeAsync(device, "system.which"))
        {
            await LetsAsync(device, "system.which");
        }

        _host = await _host.RestartAsync();
        using (await NodeAsync(device, "system.which"))
        {
            await LetsAsync(device, "system.which");
        }

        using var watcher = await OperatorAsync();
        Assert.Equal("approved", await StateAsync(watcher, device));
        Assert.Empty(Payload(await watcher.CallAsync("l", "node.pair.list")).GetProperty("pending").EnumerateArray());
    }

    [Fact]
    public async Task WiderSurface_WaitsAgain_WhileWhatWasApprovedStaysInForce_AndRejectingLeavesItSo()
    {
        var device = new ProtocolDevice();
        using (await NodeAsync(device, "device.info"))
        {
            await ApproveOnlyAsync();
        }

        using var node = await NodeAsync(device, "device.info", "system.run");
        using var watcher = await OperatorAsync();
        var asked = await WaitingAsync();
        Assert.Equal("pending-reapproval", await StateAsync(watcher, device));
        Assert.Equal(["device.info"], Names(await RowAsync(watcher, device, "commands")));
        Assert.Equal(["device.info", "system.run"], Names(await RowAsync(watcher, device, "declaredCommands")));

        Payload(await watcher.CallAsync("r", "node.pair.reject", new JsonObject { ["requestId"] = asked.Id.ToString() }));

        Assert.Equal("rejected", (await node.EventAsync("node.pair.resolved")).GetProperty("payload").GetProperty("decision").GetString());
        Assert.Equal("approved", await StateAsync(watcher, device));
        Assert.Equal(["device.info"], Names(await RowAsync(watcher, device, "commands")));
    }

    [Fact]
    public async Task Policy_KeepsOutWhatIsNotAllowed_AndWhatIsDenied_WhoeverApproves()
    {
        var device = new ProtocolDevice();
        using var node = await NodeAsync(device, "camera.snap", "camera.clip", "terminal.upload", "made.up");

        Assert.Equal<string>(["camera.snap"], (await WaitingAsync()).Commands);
        await ApproveOnlyAsync();

        await LetsAsync(device, "camera.snap");
    }

    [Fact]
    public async Task PolicyThatDeniesMore_TakesEffect_AlthoughTheCommandIsApproved()
    {
        var device = new ProtocolDevice();
        using (await NodeAsync(device, "system.run", "system.which"))
        {
            await ApproveOnlyAsync();
        }

        await File.WriteAllTextAsync(_host.Home.ConfigFile, """{"nodes":{"commands":{"deny":["system.run"]}}}""");
        _host = await _host.RestartAsync();
        using var node = await NodeAsync(device, "system.run", "system.which");

        await LetsAsync(device, "system.which");
    }

    [Fact]
    public async Task RemovedNode_IsShutOut_AndStartsOverWhenItIsPairedAgain()
    {
        var device = new ProtocolDevice();
        using var node = await NodeAsync(device, "system.which");
        await ApproveOnlyAsync();
        using var watcher = await OperatorAsync();
        using var caller = await OperatorAsync();

        var removed = Payload(await caller.CallAsync("x", "node.pair.remove", new JsonObject { ["nodeId"] = device.Id.Hex }));

        Assert.Equal((true, 1), (removed.GetProperty("revoked").GetBoolean(), removed.GetProperty("connectionsClosed").GetInt32()));
        Assert.Equal((4001, "client invalidated: device-pair-removed"), await node.ClosesAsync());
        Assert.Equal("removed", (await watcher.EventAsync("node.pair.resolved")).GetProperty("payload").GetProperty("decision").GetString());
        Assert.Empty(Payload(await caller.CallAsync("l", "node.list")).GetProperty("nodes").EnumerateArray());
        Assert.Empty(_host.Service<RegistryView>().Current!.Surfaces);
        Assert.Contains("unknown nodeId", Error(await caller.CallAsync("d", "node.describe", new JsonObject { ["nodeId"] = device.Id.Hex })).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approving_TakesTheScopesOfTheCommands_NamedInTheRefusal()
    {
        using var node = await NodeAsync(new ProtocolDevice(), "system.run");
        var asked = await WaitingAsync();
        using var pairing = await OperatorAsync("operator.pairing", "operator.write");

        var refused = Error(await pairing.CallAsync("a", "node.pair.approve", new JsonObject { ["requestId"] = asked.Id.ToString() }));

        Assert.Equal(("FORBIDDEN", "missing scope: operator.admin"), (refused.GetProperty("code").GetString(), refused.GetProperty("message").GetString()));
        var unknown = Error(await pairing.CallAsync("b", "node.pair.approve", new JsonObject { ["requestId"] = "r_000000000000" }));
        Assert.Contains("unknown requestId", unknown.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("netclaw nodes list", unknown.GetProperty("details").GetProperty("remedy").GetString());
        Assert.Single(_host.Service<RegistryView>().Current!.SurfaceRequests);
    }

    [Fact]
    public async Task NativeNode_IsAskedAbout_Approved_Renamed_AndHearsOfIt()
    {
        using var device = new TestDevice("den");
        await PairNodeAsync(device.Key.Public);
        var events = Channel.CreateUnbounded<(string Name, JsonElement Payload)>();
        await using var node = await GatewayHost.OpenAsync(_host.Tcp, (name, payload) => events.Writer.TryWrite((name, payload)));
        var surface = new NodeSurface(["system"], ["system.which"]) { PathEnv = "/usr/bin" };
        await node.ConnectAsync(new ConnectRequest { Client = TestDevice.Client with { Mode = "node", Surface = surface }, Role = Role.Node, Device = device.Key }, CancellationToken.None)
            .WaitAsync(GatewayHost.Bound);
        await using var owner = await _host.OperatorAsync();
        var asked = await WaitingAsync();

        var approved = await CallAsync(
            owner, NodePairApproveParams.Method, new NodePairApproveParams(asked.Id), ProtocolJson.Default.NodePairApproveParams, ProtocolJson.Default.NodePairApproveResult);

        Assert.Equal((device.Id.Hex, true), (approved.Node.NodeId, approved.Node.Connected));
        var resolved = await HeardAsync(events, NodePairResolved.EventName);
        Assert.Equal(NodePairResolved.Approved, resolved.Deserialize(ProtocolJson.Default.NodePairResolved)!.Decision);
        var renamed = await CallAsync(
            owner, NodeRenameParams.Method, new NodeRenameParams(device.Id.ToString(), "attic"), ProtocolJson.Default.NodeRenameParams, ProtocolJson.Default.NodeRenameResult);
        Assert.Equal("attic", renamed.DisplayName);
        var row = await CallAsync(owner, NodeDescribeParams.Method, new NodeDescribeParams(device.Id.Hex), ProtocolJson.Default.NodeDescribeParams, ProtocolJson.Default.NodeRow);
        Assert.Equal(("attic", NodeRow.Approved, "/usr/bin", true), (row.DisplayName, row.ApprovalState, row.PathEnv, row.Connected));
        Assert.Equal<string>(["system.which"], row.Commands);
        Assert.NotNull(row.Ts);
    }

    private static async Task<JsonElement> HeardAsync(Channel<(string Name, JsonElement Payload)> events, string name)
    {
        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        while (true)
        {
            var heard = await events.Reader.ReadAsync(limit.Token);
            if (heard.Name == name)
            {
                return heard.Payload;
            }
        }
    }

    private async Task<ProtocolClient> NodeAsync(ProtocolDevice device, params string[] commands)
    {
        var client = await ProtocolClient.OpenAsync(_host.Address);
        var hello = ProtocolClient.Hello("node-host", "node", "node");
        hello["caps"] = new JsonArray("system");
        hello["commands"] = new JsonArray([.. commands.Select(command => JsonValue.Create(command))]);
        Payload(await client.ConnectAsync(client.Signed(WithToken(hello), device)));
        return client;
    }

    private async Task<ProtocolClient> OperatorAsync(params string[] scopes)
    {
        var client = await ProtocolClient.OpenAsync(_host.Address);
        Payload(await client.ConnectAsync(WithToken(ProtocolClient.Hello(scopes: scopes.Length > 0 ? scopes : ["operator.admin", "operator.pairing", "operator.read"]))));
        return client;
    }

    private JsonObject WithToken(JsonObject hello)
    {
        hello["auth"] = new JsonObject { ["token"] = File.ReadAllText(Path.Combine(_host.Home.Root, "keys", "gateway.token")).Trim() };
        return hello;
    }

    /// <summary>The one request that waits, once it is durable: the hello does not wait for it.</summary>
    private async Task<SurfaceRequest> WaitingAsync()
    {
        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        while (_host.Service<RegistryView>().Current!.SurfaceRequests.Count == 0)
        {
            await Task.Delay(10, limit.Token);
        }

        return Assert.Single(_host.Service<RegistryView>().Current!.SurfaceRequests.Values);
    }

    private async Task ApproveOnlyAsync()
    {
        var asked = await WaitingAsync();
        await using var owner = await _host.OperatorAsync();
        await CallAsync(owner, NodePairApproveParams.Method, new NodePairApproveParams(asked.Id), ProtocolJson.Default.NodePairApproveParams, ProtocolJson.Default.NodePairApproveResult);
    }

    private async Task LetsAsync(ProtocolDevice device, params string[] commands)
    {
        using var watcher = await OperatorAsync();
        Assert.Equal(commands, Names(await RowAsync(watcher, device, "commands")));
        var directory = _host.Service<NodeDirectory>();
        Assert.Equal<string>(commands, directory.Effective(directory.Find(device.Id.Hex)!));
    }

    private async Task PairNodeAsync(PublicKey key)
    {
        var registry = _host.Service<Akka.Hosting.IReadOnlyActorRegistry>().Get<Actors.Hosting.DeviceRegistryKey>();
        Assert.IsType<RegistryReply.Paired>(await Akka.Actor.Futures.Ask<RegistryReply>(registry, new RegistryCommand.PairSilently(
            1, DateTimeOffset.UnixEpoch, key, Role.Node, ScopeSet.Empty, "den", null, Actors.Trust.SilentVia.Internal, "test", "127.0.0.1"), GatewayHost.Bound));
    }

    private static async Task<string?> StateAsync(ProtocolClient client, ProtocolDevice device) => (await RowAsync(client, device, "approvalState")).GetString();

    private static async Task<JsonElement> RowAsync(ProtocolClient client, ProtocolDevice device, string member)
    {
        var rows = Payload(await client.CallAsync("rows", "node.list")).GetProperty("nodes").EnumerateArray();
        return rows.Single(row => row.GetProperty("nodeId").GetString() == device.Id.Hex).GetProperty(member);
    }

    private static JsonElement Payload(JsonElement answer)
    {
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("payload");
    }

    private static JsonElement Error(JsonElement answer)
    {
        Assert.False(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("error");
    }

    private static string[] Names(JsonElement array) => [.. array.EnumerateArray().Select(name => name.GetString()!)];

    private static Task<TResult> CallAsync<TParams, TResult>(
        GatewayConnection by, string method, TParams parameters, JsonTypeInfo<TParams> form, JsonTypeInfo<TResult> result) =>
        by.CallAsync(method, parameters, form, result, CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
