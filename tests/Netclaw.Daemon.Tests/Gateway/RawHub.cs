using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>The hub's wire by hand: any header, any bytes, nothing checked.</summary>
internal sealed class RawHub : IDisposable
{
    private const char End = '\u001e';

    private readonly WebSocket _socket;
    private readonly StringBuilder _received = new();

    private RawHub(WebSocket socket) => _socket = socket;

    public static Task<RawHub> OpenAsync(EndPoint endpoint, params (string Name, string Value)[] headers) => OpenAsync(endpoint, "", headers);

    /// <param name="query">What stands behind the url's own parameter: <c>&amp;name=value</c>.</param>
    public static async Task<RawHub> OpenAsync(EndPoint endpoint, string query, params (string Name, string Value)[] headers)
    {
        var hub = await UpgradeAsync(endpoint, query, headers);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await hub.NextAsync());
        return hub;
    }

    /// <summary>A WebSocket on the hub, before the hub's own handshake.</summary>
    public static Task<RawHub> UpgradeAsync(EndPoint endpoint, params (string Name, string Value)[] headers) => UpgradeAsync(endpoint, "", headers);

    private static async Task<RawHub> UpgradeAsync(EndPoint endpoint, string query, (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var invoker = new HttpMessageInvoker(PlainClient.Handler(endpoint), disposeHandler: false);
        var nonce = Nonce.New();
        await socket.ConnectAsync(new Uri($"ws://localhost{Limits.HubPath}?{Limits.ClientNonceParameter}={nonce}{query}"), invoker, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return new RawHub(socket) { ClientNonce = nonce };
    }

    /// <summary>The upgrade itself byte for byte: any line, also those that a well-behaved client writes by itself.</summary>
    public static async Task<RawHub> OpenRawAsync(EndPoint endpoint, params string[] lines)
    {
        var nonce = Nonce.New();
        var stream = new NetworkStream(await PlainClient.ConnectAsync(endpoint), ownsSocket: true);
        var request = string.Join("\r\n", [
            $"GET {Limits.HubPath}?{Limits.ClientNonceParameter}={nonce} HTTP/1.1", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", .. lines, "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one).AsTask().WaitAsync(GatewayHost.Bound) > 0)
        {
            head.Append((char)one[0]);
        }

        if (!head.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            await stream.DisposeAsync();
            throw new WebSocketException($"not upgraded: {head}");
        }

        var hub = new RawHub(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions())) { ClientNonce = nonce };
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await hub.NextAsync());
        return hub;
    }

    public required string ClientNonce { get; init; }

    public Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    public Task CallAsync(string id, string method, string parameters) =>
        SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"Call","arguments":["{{method}}",{{parameters}}]}""");

    /// <summary>The next message that is no ping, or null when the connection has ended.</summary>
    public async Task<string?> NextAsync()
    {
        while (true)
        {
            var text = _received.ToString();
            var end = text.IndexOf(End, StringComparison.Ordinal);
            if (end >= 0)
            {
                _received.Remove(0, end + 1);
                if (text[..end] != """{"type":6}""")
                {
                    return text[..end];
                }

                continue;
            }

            if (await ReceiveAsync() is not { } more)
            {
                return null;
            }

            _received.Append(more);
        }
    }

    /// <summary>The payload of the next event, which must be of this name.</summary>
    public async Task<JsonElement> EventAsync(string name)
    {
        var arguments = JsonDocument.Parse(await NextAsync() ?? throw new InvalidOperationException("the connection has ended")).RootElement.GetProperty("arguments");
        Assert.Equal(name, arguments[0].GetString());
        return arguments[1];
    }

    /// <summary>Skips everything up to the closing event and returns its code.</summary>
    public async Task<string> ClosingAsync()
    {
        while (await NextAsync() is { } message)
        {
            if (message.Contains("\"closing\"", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(message).RootElement.GetProperty("arguments")[1].GetProperty("error").GetProperty("code").GetString()!;
            }
        }

        return "ended without a reason";
    }

    public const string PlainConnect =
        """{"minProtocol":4,"maxProtocol":4,"client":{"id":"test","version":"1","platform":"test","mode":"cli"},"role":"operator","scopes":[]}""";

    public void Dispose() => _socket.Dispose();

    private async Task<string?> ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            var received = await _socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(GatewayHost.Bound);
            return received.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, received.Count);
        }
        catch (WebSocketException)
        {
            return null;
        }
    }
}
