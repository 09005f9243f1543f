using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>One connection, by either transport: what it calls, and what it hears. One caller at a time.</summary>
internal abstract class Peer : IAsyncDisposable
{
    private int _calls;

    /// <summary>Of a node: what callers name it by.</summary>
    public required string NodeId { get; init; }

    public abstract Task StartAsync(string id, string method, JsonNode parameters);

    /// <summary>The answer to a call that was started: <c>ok</c>, and <c>payload</c> or <c>error</c>.</summary>
    public abstract Task<JsonElement> EndAsync(string id);

    /// <summary>The payload of the next event of that name.</summary>
    public abstract Task<JsonElement> HearsAsync(string name);

    /// <summary>As <see cref="HearsAsync"/>, however long it takes; null once the connection is over. SignalR alone.</summary>
    public virtual Task<JsonElement?> NextAsync(string name) => throw new NotSupportedException();

    public abstract ValueTask DisposeAsync();

    public async Task<JsonElement> CallAsync(string method, JsonNode parameters)
    {
        var id = $"p{++_calls}";
        await StartAsync(id, method, parameters);
        return await EndAsync(id);
    }

    public async Task<JsonElement> GetAsync(string method, JsonNode? parameters = null) => Payload(await CallAsync(method, parameters ?? new JsonObject()));

    /// <summary>Netclaw's own code of a refusal, which both transports carry.</summary>
    public async Task<string> RefusedAsync(string method, JsonNode parameters) => Code(await CallAsync(method, parameters));

    public static JsonElement Payload(JsonElement answer)
    {
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("payload");
    }

    public static string Code(JsonElement answer)
    {
        Assert.False(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        var error = answer.GetProperty("error");
        return (error.TryGetProperty("details", out var details) && details.TryGetProperty("netclawCode", out var code) ? code : error.GetProperty("code")).GetString()!;
    }

    /// <param name="native">SignalR; else the gateway protocol.</param>
    public static async Task<Peer> OperatorAsync(GatewayHost host, bool native, params string[] scopes)
    {
        if (native)
        {
            var heard = Channel.CreateUnbounded<(string, JsonElement)>();
            var connection = await GatewayHost.OpenAsync(host.Control, (name, payload) => heard.Writer.TryWrite((name, payload)));
            await connection.ConnectAsync(new ConnectRequest { Client = TestDevice.Client }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
            return new Native(connection, heard) { NodeId = "" };
        }

        var client = await ProtocolClient.OpenAsync(host.Address);
        Payload(await client.ConnectAsync(WithToken(host, ProtocolClient.Hello(scopes: scopes.Length > 0 ? scopes : ["operator.admin", "operator.pairing", "operator.read", "operator.write"]))));
        return new OfProtocol(client) { NodeId = "" };
    }

    /// <summary>A node that is paired and not approved.</summary>
    public static async Task<Peer> NodeAsync(GatewayHost host, bool native, object key, params string[] commands)
    {
        if (native)
        {
            var device = (TestDevice)key;
            await PairAsync(host, device.Key.Public);
            var heard = Channel.CreateUnbounded<(string, JsonElement)>();
            var connection = await GatewayHost.OpenAsync(host.Tcp, (name, payload) => heard.Writer.TryWrite((name, payload)));
            await connection.ConnectAsync(
                new ConnectRequest { Client = TestDevice.Client with { Mode = "node", Surface = new NodeSurface(["system"], [.. commands]) }, Role = Role.Node, Device = device.Key }, CancellationToken.None)
                .WaitAsync(GatewayHost.Bound);
            return new Native(connection, heard) { NodeId = device.Id.Hex };
        }

        var client = await ProtocolClient.OpenAsync(host.Address);
        var hello = ProtocolClient.Hello("node-host", "node", "node");
        hello["caps"] = new JsonArray("system");
        hello["commands"] = new JsonArray([.. commands.Select(command => JsonValue.Create(command))]);
        Payload(await client.ConnectAsync(client.Signed(WithToken(host, hello), (ProtocolDevice)key)));
        return new OfProtocol(client) { NodeId = ((ProtocolDevice)key).Id.Hex };
    }

    public static object KeyOf(bool native) => native ? new TestDevice("den") : new ProtocolDevice();

    /// <summary>Lets a node lend what it asks for, once that is durable: the hello does not wait for it.</summary>
    public static async Task ApproveAsync(GatewayHost host, string nodeId)
    {
        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        SurfaceRequest? asked;
        while ((asked = host.Service<RegistryView>().Current!.SurfaceRequests.Values.SingleOrDefault(request => request.Node.Hex == nodeId)) is null)
        {
            await Task.Delay(10, limit.Token);
        }

        await using var owner = await host.OperatorAsync();
        await owner.CallAsync(
            NodePairApproveParams.Method, new NodePairApproveParams(asked.Id), ProtocolJson.Default.NodePairApproveParams, ProtocolJson.Default.NodePairApproveResult, CancellationToken.None)
            .WaitAsync(GatewayHost.Bound);
    }

    private static async Task PairAsync(GatewayHost host, PublicKey key)
    {
        if (host.Service<RegistryView>().Current!.Devices.ContainsKey(key.DeviceId))
        {
            return;
        }

        var registry = host.Service<Akka.Hosting.IReadOnlyActorRegistry>().Get<Actors.Hosting.DeviceRegistryKey>();
        Assert.IsType<RegistryReply.Paired>(await Akka.Actor.Futures.Ask<RegistryReply>(registry, new RegistryCommand.PairSilently(
            1, DateTimeOffset.UnixEpoch, key, Role.Node, ScopeSet.Empty, "den", null, Actors.Trust.SilentVia.Internal, "test", "127.0.0.1"), GatewayHost.Bound));
    }

    private static JsonObject WithToken(GatewayHost host, JsonObject hello)
    {
        hello["auth"] = new JsonObject { ["token"] = File.ReadAllText(host.Home.GatewayTokenFile).Trim() };
        return hello;
    }

    private sealed class OfProtocol(ProtocolClient client) : Peer
    {
        public override Task StartAsync(string id, string method, JsonNode parameters) =>
            client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString());

        public override Task<JsonElement> EndAsync(string id) => client.AnswerAsync(id);

        public override async Task<JsonElement> HearsAsync(string name)
        {
            var heard = await client.EventAsync(name);
            Assert.False(name.StartsWith("node.invoke", StringComparison.Ordinal) && heard.TryGetProperty("seq", out _), "what one client alone hears is not numbered");
            return heard.GetProperty("payload");
        }

        public override ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Native(GatewayConnection connection, Channel<(string Name, JsonElement Payload)> heard) : Peer
    {
        private readonly Dictionary<string, Task<CallResponse>> _open = [];

        public override Task StartAsync(string id, string method, JsonNode parameters)
        {
            _open.Add(id, connection.CallAsync(method, JsonElement.Parse(parameters.ToJsonString()), CancellationToken.None));
            return Task.CompletedTask;
        }

        public override async Task<JsonElement> EndAsync(string id) =>
            JsonSerializer.SerializeToElement(await _open[id].WaitAsync(GatewayHost.Bound), ProtocolJson.Default.CallResponse);

        public override async Task<JsonElement> HearsAsync(string name)
        {
            using var limit = new CancellationTokenSource(GatewayHost.Bound);
            while (true)
            {
                var next = await heard.Reader.ReadAsync(limit.Token);
                if (next.Name == name)
                {
                    return next.Payload;
                }
            }
        }

        public override async Task<JsonElement?> NextAsync(string name)
        {
            await foreach (var next in heard.Reader.ReadAllAsync())
            {
                if (next.Name == name)
                {
                    return next.Payload;
                }
            }

            return null;
        }

        public override ValueTask DisposeAsync()
        {
            heard.Writer.TryComplete();
            return connection.DisposeAsync();
        }
    }
}
