using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>The gateway protocol's wire by hand: any frame, nothing checked.</summary>
internal sealed class ProtocolClient : IDisposable
{
    private readonly WebSocket _socket;

    /// <summary>Came while something else was waited for, and was not asked for yet.</summary>
    private readonly List<JsonElement> _passed = [];

    private ProtocolClient(WebSocket socket, JsonElement challenge)
    {
        _socket = socket;
        Nonce = challenge.GetProperty("payload").GetProperty("nonce").GetString()!;
        At = challenge.GetProperty("payload").GetProperty("ts").GetInt64();
    }

    public string Nonce { get; }

    /// <summary>The gateway's clock, which clients sign with.</summary>
    public long At { get; }

    public (int Code, string Reason)? Closed { get; private set; }

    public static async Task<ProtocolClient> OpenAsync(EndPoint endpoint, string path = "/", params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var invoker = new HttpMessageInvoker(PlainClient.Handler(endpoint), disposeHandler: false);
        await socket.ConnectAsync(new Uri("ws://localhost" + path), invoker, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        var challenge = await NextAsync(socket) ?? throw new WebSocketException("closed before the challenge");
        Assert.Equal("connect.challenge", challenge.GetProperty("event").GetString());
        return new ProtocolClient(socket, challenge);
    }

    /// <summary>What a client of this kind sends, without a device.</summary>
    public static JsonObject Hello(string id = "cli", string mode = "cli", string role = "operator", params string[] scopes) => new()
    {
        ["minProtocol"] = 4, ["maxProtocol"] = 4, ["role"] = role, ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]),
        ["client"] = new JsonObject { ["id"] = id, ["version"] = "2026.9.6", ["platform"] = "linux", ["deviceFamily"] = "Linux", ["mode"] = mode },
    };

    /// <summary>Signs <paramref name="hello"/> as it stands, with version 3 of the payload.</summary>
    public JsonObject Signed(JsonObject hello, ProtocolDevice device, string version = "v3", long? at = null, string? nonce = null)
    {
        var (client, auth) = (hello["client"]!, hello["auth"]);
        var signedAt = at ?? At;
        var token = auth?["token"] ?? auth?["deviceToken"] ?? auth?["bootstrapToken"];
        var payload = string.Join('|', version, device.Id.Hex, client["id"], client["mode"], hello["role"], string.Join(',', hello["scopes"]!.AsArray().Select(scope => scope!.ToString())),
            signedAt, token, nonce ?? Nonce);
        hello["device"] = new JsonObject
        {
            ["id"] = device.Id.Hex, ["publicKey"] = device.KeyText, ["signature"] = device.Sign(version == "v3" ? payload + "|linux|linux" : payload), ["signedAt"] = signedAt, ["nonce"] = nonce ?? Nonce,
        };
        return hello;
    }

    public Task SendAsync(string frame, WebSocketMessageType type = WebSocketMessageType.Text) => SendAsync(Encoding.UTF8.GetBytes(frame), type);

    public Task SendAsync(byte[] frame, WebSocketMessageType type = WebSocketMessageType.Binary) =>
        _socket.SendAsync(frame, type, true, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    /// <summary>The beginning of a message whose end never comes.</summary>
    public Task SendPartAsync(string part) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(part), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    public void Abort() => _socket.Abort();

    public async Task<JsonElement> ConnectAsync(JsonObject hello)
    {
        await SendAsync(new JsonObject { ["type"] = "req", ["id"] = "c1", ["method"] = "connect", ["params"] = hello }.ToJsonString());
        return await AnswerAsync("c1");
    }

    public async Task<JsonElement> CallAsync(string id, string method, JsonNode? parameters = null)
    {
        await SendAsync(new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = method, ["params"] = parameters ?? new JsonObject() }.ToJsonString());
        return await AnswerAsync(id);
    }

    /// <summary>The answer to a call, whatever else is said before.</summary>
    public Task<JsonElement> AnswerAsync(string id) => FirstAsync(frame => frame.GetProperty("type").GetString() == "res" && frame.GetProperty("id").GetString() == id, $"{id} was answered");

    public Task<JsonElement> EventAsync(string name) => FirstAsync(frame => frame.GetProperty("type").GetString() == "event" && frame.GetProperty("event").GetString() == name, $"{name} came");

    /// <summary>The next one off the wire, whatever it is; null once it is closed.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        var frame = await NextAsync(_socket);
        if (frame is null)
        {
            Closed = ((int)(_socket.CloseStatus ?? 0), _socket.CloseStatusDescription ?? "");
        }

        return frame;
    }

    public async Task<(int Code, string Reason)> ClosesAsync()
    {
        while (await NextAsync() is not null)
        {
        }

        return Closed!.Value;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonElement> FirstAsync(Func<JsonElement, bool> wanted, string what)
    {
        var at = _passed.FindIndex(frame => wanted(frame));
        if (at >= 0)
        {
            var earlier = _passed[at];
            _passed.RemoveAt(at);
            return earlier;
        }

        while (await NextAsync() is { } frame)
        {
            if (wanted(frame))
            {
                return frame;
            }

            _passed.Add(frame);
        }

        throw new WebSocketException($"closed before {what}: {Closed}");
    }

    private static async Task<JsonElement?> NextAsync(WebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(GatewayHost.Bound);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return JsonElement.Parse(message.ToArray());
            }
        }
    }
}
