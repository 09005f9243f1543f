using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// The native handshake with as little client as possible: one WebSocket, the hub's JSON records by hand. It signs as every client
/// must; it does not verify the gateway's signature, which is the client's cost and not the gateway's.
/// </summary>
internal sealed class RawSession : IDisposable
{
    private const byte Separator = 0x1e;
    private static readonly ClientInfo Client = new() { Id = "bench", Version = "1", Platform = "linux" };
    private static readonly byte[] HubHandshake = [.. "{\"protocol\":\"json\",\"version\":1}"u8, Separator];
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer;
    private int _filled;

    private RawSession(int bufferBytes) => _buffer = new byte[bufferBytes];

    /// <summary>By a paired device's key.</summary>
    public static Task<RawSession> ConnectAsync(Uri endpoint, SigningKey key, ScopeSet scopes, CancellationToken cancel, int bufferBytes = 16 * 1024) =>
        ConnectAsync(endpoint, [], challenge => Proven(challenge, key, scopes), cancel, bufferBytes);

    /// <summary>Without a device, by whatever else says who it is.</summary>
    /// <param name="headers">Sent with the upgrade.</param>
    public static Task<RawSession> ConnectAsync(Uri endpoint, (string Name, string Value)[] headers, ConnectAuth? auth, CancellationToken cancel) =>
        ConnectAsync(endpoint, headers, _ => new ConnectParams { Client = Client, Scopes = ScopeSet.ReadWrite, Auth = auth }, cancel);

    private static async Task<RawSession> ConnectAsync(
        Uri endpoint, (string Name, string Value)[] headers, Func<Challenge, ConnectParams> hello, CancellationToken cancel, int bufferBytes = 16 * 1024)
    {
        var session = new RawSession(bufferBytes);
        var clientNonce = Nonce.New();
        foreach (var (name, value) in headers)
        {
            session._socket.Options.SetRequestHeader(name, value);
        }

        await session.OpenAsync(new Uri($"ws://{endpoint.Authority}{Limits.HubPath}?{Limits.ClientNonceParameter}={clientNonce}"), cancel);
        using var challenge = await session.NextAsync("arguments", cancel);
        var payload = challenge.RootElement.GetProperty("arguments")[1];
        if (!PublicKey.TryParse(payload.GetProperty("gatewayKey").GetString(), out var gateway))
        {
            throw new InvalidOperationException("the challenge has no gateway key");
        }

        var parameters = JsonSerializer.Serialize(
            hello(new Challenge(gateway, payload.GetProperty("nonce").GetString()!, clientNonce, payload.GetProperty("ts").GetInt64())), ProtocolJson.Default.ConnectParams);
        await session.SendAsync($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Call\",\"arguments\":[\"connect\",{parameters}]}}", cancel);
        using var answer = await session.NextAsync("result", cancel);
        if (!answer.RootElement.GetProperty("result").GetProperty("ok").GetBoolean())
        {
            throw new InvalidOperationException($"refused: {answer.RootElement}");
        }

        return session;
    }

    private static ConnectParams Proven(Challenge challenge, SigningKey key, ScopeSet scopes)
    {
        var signature = key.Sign(NativeTranscript.Device(
            challenge.Gateway, key.Public.DeviceId, Role.Operator, scopes, challenge.ServerNonce, challenge.ClientNonce, challenge.At));
        return new ConnectParams
        {
            Client = Client,
            Scopes = scopes,
            Device = new DeviceProof
            {
                Id = key.Public.DeviceId, PublicKey = key.Public, Signature = Base64Url.EncodeToString(signature), SignedAt = challenge.At, Nonce = challenge.ServerNonce,
            },
        };
    }

    /// <summary>A bare hub connection, for the control.</summary>
    public static async Task<RawSession> ConnectBareHubAsync(Uri endpoint, CancellationToken cancel, int bufferBytes = 16 * 1024)
    {
        var session = new RawSession(bufferBytes);
        await session.OpenAsync(new Uri($"ws://{endpoint.Authority}/bare/hub"), cancel);
        return session;
    }

    /// <summary>Completes when the server ends the connection, by close or by cut; a close is answered, as every client does.</summary>
    public async Task UntilClosedAsync(CancellationToken cancel)
    {
        try
        {
            while ((await _socket.ReceiveAsync(_buffer.AsMemory(), cancel)).MessageType != WebSocketMessageType.Close)
            {
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
        }
        catch (WebSocketException)
        {
        }
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private async Task OpenAsync(Uri uri, CancellationToken cancel)
    {
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await _socket.ConnectAsync(uri, cancel);
        await _socket.SendAsync(HubHandshake, WebSocketMessageType.Text, true, cancel);
        (await NextAsync(null, cancel)).Dispose();
    }

    private async Task SendAsync(string record, CancellationToken cancel)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(record.Length) + 1];
        var length = Encoding.UTF8.GetBytes(record, bytes);
        bytes[length] = Separator;
        await _socket.SendAsync(bytes.AsMemory(0, length + 1), WebSocketMessageType.Text, true, cancel);
    }

    /// <summary>The next record that has <paramref name="member"/>; any record when null.</summary>
    private async Task<JsonDocument> NextAsync(string? member, CancellationToken cancel)
    {
        while (true)
        {
            var end = _buffer.AsSpan(0, _filled).IndexOf(Separator);
            if (end >= 0)
            {
                var record = JsonDocument.Parse(_buffer.AsSpan(0, end).ToArray());
                _buffer.AsSpan(end + 1, _filled - end - 1).CopyTo(_buffer);
                _filled -= end + 1;
                if (member is null || record.RootElement.TryGetProperty(member, out _))
                {
                    return record;
                }

                record.Dispose();
                continue;
            }

            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), cancel);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException($"closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            }

            _filled += received.Count;
        }
    }

    private sealed record Challenge(PublicKey Gateway, string ServerNonce, string ClientNonce, long At);
}
