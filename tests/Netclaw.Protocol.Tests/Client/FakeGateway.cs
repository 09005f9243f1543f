using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Netclaw.Protocol.Tests.Client;

/// <summary>A real hub on a real socket that says what a test wants it to say; honest unless told otherwise.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private WebApplication _app = null!;

    public SigningKey Key { get; init; } = SigningKey.Generate();

    /// <summary>What the client is told first; null: nothing.</summary>
    public Func<ConnectChallenge, ConnectChallenge?> Challenge { get; init; } = challenge => challenge;

    /// <summary>Said before, or instead of, the challenge.</summary>
    public Closing? CloseAtOnce { get; init; }

    public Func<Guest, string, JsonElement, Task<CallResponse>> Answer { get; set; } = (_, method, _) =>
        Task.FromResult(CallResponse.Failure(RefusalTable.Error(RefusalCode.UnknownMethod, "no method " + method)));

    public ConcurrentQueue<Guest> Guests { get; } = new();

    public GatewayEndpoint Endpoint { get; private set; } = null!;

    public static async Task<FakeGateway> OnTcpAsync(FakeGateway gateway, string prefix = "", Action<ListenOptions>? listen = null)
    {
        await gateway.StartAsync(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, options => listen?.Invoke(options)), prefix);
        gateway.Endpoint = new GatewayEndpoint.Http(new Uri(gateway._app.Urls.Single() + prefix));
        return gateway;
    }

    public static async Task<FakeGateway> OnSocketAsync(FakeGateway gateway, string path)
    {
        await gateway.StartAsync(kestrel => kestrel.ListenUnixSocket(path), "");
        gateway.Endpoint = new GatewayEndpoint.Control(path);
        return gateway;
    }

    public static CallResponse Ok<T>(T payload, JsonTypeInfo<T> type) => CallResponse.Success(JsonSerializer.SerializeToElement(payload, type));

    public static CallResponse No(RefusalCode code, string message = "no") => CallResponse.Failure(RefusalTable.Error(code, message));

    public HelloOk Hello(ScopeSet scopes, DeviceId? device = null) => new()
    {
        Server = new ServerInfo("0.1.0", SessionId.New(), Key.Public.GatewayId, "fake"),
        Features = new Features([], []),
        Auth = new GrantedAuth(device is null ? "control-socket" : "device-key", Role.Operator, scopes, device, "laptop"),
        Policy = new ConnectionPolicy(Limits.MessageBytes, Limits.BufferedBytes, 30_000),
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Key.Dispose();
    }

    private async Task StartAsync(Action<KestrelServerOptions> listen, string prefix)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(this);
        builder.Services.AddSignalR(hub => hub.MaximumParallelInvocationsPerClient = 16)
            .AddJsonProtocol(json => json.PayloadSerializerOptions = ProtocolJson.Default.Options);
        _app = builder.Build();
        _app.MapHub<Hub>(prefix + Limits.HubPath);
        await _app.StartAsync();
    }

    /// <summary>One connection as the gateway sees it.</summary>
    internal sealed class Guest(IClientProxy client, HubCallerContext context, ConnectChallenge challenge)
    {
        private readonly ConcurrentDictionary<string, object> _facts = new();

        public ConnectChallenge Challenge => challenge;

        public void Remember<T>(T fact) => _facts[typeof(T).Name] = fact!;

        public T Recall<T>() => (T)_facts[typeof(T).Name];

        public Task SayAsync<T>(string name, T payload, JsonTypeInfo<T> type) =>
            client.SendAsync("Event", name, JsonSerializer.SerializeToElement(payload, type));

        public async Task CloseAsync(RefusalCode code, string message)
        {
            await SayAsync(Closing.EventName, new Closing(RefusalTable.For(code).WebSocketClose, RefusalTable.Error(code, message)), ProtocolJson.Default.Closing);
            context.Abort();
        }

        public void Abort() => context.Abort();
    }

    private sealed class Hub(FakeGateway gateway) : Microsoft.AspNetCore.SignalR.Hub
    {
        public Task<CallResponse> Call(string method, JsonElement parameters) => gateway.Answer((Guest)Context.Items["guest"]!, method, parameters);

        public override async Task OnConnectedAsync()
        {
            var clientNonce = Context.GetHttpContext()!.Request.Query[Limits.ClientNonceParameter].ToString();
            var serverNonce = Nonce.New();
            var signature = gateway.Key.Sign(NativeTranscript.Gateway(gateway.Key.Public, serverNonce, clientNonce));
            var honest = new ConnectChallenge(
                serverNonce, 1_760_000_000_000, gateway.Key.Public, "fake", clientNonce, Base64UrlText.Encode(signature));
            var guest = new Guest(Clients.Caller, Context, honest);
            Context.Items["guest"] = guest;
            gateway.Guests.Enqueue(guest);
            if (gateway.CloseAtOnce is { } closing)
            {
                await guest.SayAsync(Closing.EventName, closing, ProtocolJson.Default.Closing);
                Context.Abort();
            }
            else if (gateway.Challenge(honest) is { } told)
            {
                await guest.SayAsync(ConnectChallenge.EventName, told, ProtocolJson.Default.ConnectChallenge);
            }
        }
    }
}
