using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// A client of the gateway protocol with as little client as possible: one WebSocket, frames by hand. It signs as Netclaw's own devices do, with P-256; .NET has no Ed25519.
/// </summary>
internal sealed class WireSession : IDisposable
{
    /// <summary>Connections of one process share the machine's ports: they come from many addresses, so that the ports do not run out.</summary>
    private const int Addresses = 16;

    private static readonly HttpMessageInvoker[] From = [.. Enumerable.Range(1, Addresses).Select(last => Invoker(new IPAddress([127, 0, 0, (byte)last])))];
    private static int _opened;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _writing = new(1);
    private byte[] _buffer;

    private WireSession(int bufferBytes) => _buffer = new byte[bufferBytes];

    /// <summary>A WebSocket and nothing else.</summary>
    public static async Task<WireSession> OpenAsync(Uri endpoint, string path, CancellationToken cancel, int bufferBytes = 4 * 1024)
    {
        var session = new WireSession(bufferBytes);
        session._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await session._socket.ConnectAsync(new Uri($"ws://{endpoint.Authority}{path}"), From[(uint)Interlocked.Increment(ref _opened) % Addresses], cancel);
        return session;
    }

    /// <summary>By the gateway's shared token, without a device.</summary>
    public static Task<WireSession> ByTokenAsync(DaemonProcess daemon, string token, CancellationToken cancel, string mode = "cli", params string[] scopes) =>
        ConnectAsync(daemon.Endpoint, mode, "operator", scopes, [], null, token, cancel);

    /// <summary>By a device's key, and the shared token where the device is a new one.</summary>
    public static async Task<WireSession> ConnectAsync(
        Uri endpoint, string mode, string role, string[] scopes, string[] commands, SigningKey? key, string? token, CancellationToken cancel, int bufferBytes = 4 * 1024)
    {
        var clientNonce = Nonce.New();
        var session = await OpenAsync(endpoint, $"/?{Limits.ClientNonceParameter}={clientNonce}", cancel, bufferBytes);
        using var challenge = JsonDocument.Parse(await session.NextAsync(cancel));
        var device = key is null ? "" : Proof(challenge.RootElement.GetProperty("payload"), key, role, scopes, clientNonce);
        var auth = token is null ? "" : $",\"auth\":{{\"token\":\"{token}\"}}";
        await session.SendAsync(
            $$$"""{"type":"req","id":"c","method":"connect","params":{"minProtocol":4,"maxProtocol":4,"role":"{{{role}}}","scopes":{{{List(scopes)}}},"commands":{{{List(commands)}}},"client":{"id":"{{{(role == "node" ? "node-host" : "cli")}}}","version":"1","platform":"linux","mode":"{{{mode}}}"}{{{device}}}{{{auth}}}}}""",
            cancel);
        var answer = await session.NextAsync(cancel);
        return answer.Span.IndexOf("\"ok\":true"u8) is >= 0 and < 64 ? session : throw new InvalidOperationException($"refused: {Encoding.UTF8.GetString(answer.Span)}");
    }

    public ValueTask SendAsync(string frame, CancellationToken cancel) => SendAsync(Encoding.UTF8.GetBytes(frame), cancel);

    /// <summary>One at a time, whoever calls.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, true, cancel);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next whole message; good until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancel)
    {
        for (var length = 0; ;)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancel);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException($"closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }

            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }
        }
    }

    /// <summary>The next message that contains <paramref name="part"/>.</summary>
    public async Task<ReadOnlyMemory<byte>> NextWithAsync(string part, CancellationToken cancel)
    {
        var wanted = Encoding.UTF8.GetBytes(part);
        while (true)
        {
            var message = await NextAsync(cancel);
            if (message.Span.IndexOf(wanted) >= 0)
            {
                return message;
            }
        }
    }

    /// <summary>The payload of the answer.</summary>
    public async Task<JsonElement> CallAsync(string id, string method, string parameters, CancellationToken cancel)
    {
        await SendAsync($"{{\"type\":\"req\",\"id\":\"{id}\",\"method\":\"{method}\",\"params\":{parameters}}}", cancel);
        var answer = JsonElement.Parse((await NextWithAsync($"\"type\":\"res\",\"id\":\"{id}\"", cancel)).Span);
        return answer.GetProperty("ok").GetBoolean() ? answer.GetProperty("payload") : throw new InvalidOperationException($"{method}: {answer}");
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
        _writing.Dispose();
    }

    private static string Proof(JsonElement challenge, SigningKey key, string role, string[] scopes, string clientNonce)
    {
        var (nonce, at) = (challenge.GetProperty("nonce").GetString()!, challenge.GetProperty("ts").GetInt64());
        var gateway = PublicKey.TryParse(challenge.GetProperty("gatewayKey").GetString(), out var parsed) ? parsed : throw new InvalidOperationException("the challenge has no gateway key");
        var signature = Base64UrlText.Encode(key.Sign(NativeTranscript.Device(
            gateway, key.Public.DeviceId, role == "node" ? Role.Node : Role.Operator, ScopeSet.Parse([.. scopes], out _), nonce, clientNonce, at)));
        return string.Create(CultureInfo.InvariantCulture,
            $",\"device\":{{\"id\":\"{key.Public.DeviceId.Hex}\",\"publicKey\":\"{key.Public}\",\"signature\":\"{signature}\",\"signedAt\":{at},\"nonce\":\"{nonce}\"}}");
    }

    private static string List(string[] names) => $"[{string.Join(',', names.Select(name => $"\"{name}\""))}]";

    private static HttpMessageInvoker Invoker(IPAddress from) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
