using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A client of the hub, message by message. It brings no key unless a test says so: whatever it gets, it gets for what the request looked like.</summary>
internal sealed class RawHub : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly RawConnection _connection;
    private readonly WebSocket _socket;
    private readonly StringBuilder _received = new();

    private RawHub(RawConnection connection, WebSocket socket)
    {
        _connection = connection;
        _socket = socket;
    }

    /// <param name="lines">Further header lines of the upgrade.</param>
    public static async Task<RawHub> OpenAsync(RawConnection connection, params string[] lines)
    {
        var hub = new RawHub(connection, await Upgrade.AskAsync(connection, lines));
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await hub.NextAsync());
        return hub;
    }

    /// <summary>Says who it wants to be.</summary>
    /// <param name="auth">JSON of the shared secret, if any.</param>
    /// <param name="role">operator or node.</param>
    public async Task<HubReply> ConnectAsync(string? auth = null, string role = "operator")
    {
        var more = auth is null ? "" : $",\"auth\":{auth}";
        return await CallAsync(
            "connect", $$$"""{"minProtocol":4,"maxProtocol":4,"client":{"id":"test","version":"1","platform":"test","mode":"cli"},"role":"{{{role}}}","scopes":[]{{{more}}}}""");
    }

    /// <summary>One call and its answer, or the reason why the gateway closed instead.</summary>
    public async Task<HubReply> CallAsync(string method, string parameters = "{}")
    {
        await SendAsync($$"""{"type":1,"invocationId":"1","target":"Call","arguments":["{{method}}",{{parameters}}]}""");
        while (await NextAsync() is { } text)
        {
            var message = JsonSerializer.Deserialize<JsonElement>(text);
            switch (message.GetProperty("type").GetInt32())
            {
                case 3 when message.TryGetProperty("result", out var result):
                    return HubReply.Of(result);
                case 3:
                    return new HubReply(message.GetProperty("error").GetString()!, default);
                case 1 when message.GetProperty("arguments")[0].GetString() == "closing":
                    return new HubReply(message.GetProperty("arguments")[1].GetProperty("error").GetProperty("code").GetString()!, default);
            }
        }

        return new HubReply("ended without a reason", default);
    }

    /// <summary>The next event of this name; what came before it is passed over.</summary>
    public async Task<JsonElement> EventAsync(string name)
    {
        while (await NextAsync() is { } text)
        {
            var message = JsonSerializer.Deserialize<JsonElement>(text);
            if (message.GetProperty("type").GetInt32() == 1 && message.GetProperty("arguments")[0].GetString() == name)
            {
                return message.GetProperty("arguments")[1];
            }
        }

        throw new InvalidOperationException($"ended before {name}");
    }

    /// <summary>This connection as the gateway lists it.</summary>
    public async Task<JsonElement> OwnRowAsync(HubReply welcome)
    {
        Assert.Equal("ok", welcome.Code);
        return (await CallAsync("connection.list")).Payload.GetProperty("connections").EnumerateArray().Single(row => row.GetProperty("id").GetString() == welcome.Session);
    }

    /// <summary>Completes when the connection is over, however it ended.</summary>
    public async Task EndAsync()
    {
        while (await NextAsync() is not null)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _connection.DisposeAsync();
    }

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, CancellationToken.None).WaitAsync(RawConnection.Bound);

    private async Task<string?> NextAsync()
    {
        while (true)
        {
            var text = _received.ToString();
            if (text.IndexOf(End) is >= 0 and var end)
            {
                _received.Remove(0, end + 1);
                return text[..end];
            }

            var buffer = new byte[16 * 1024];
            try
            {
                var received = await _socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(RawConnection.Bound);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                _received.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }
}

/// <param name="Code">ok, or the refusal's code.</param>
internal sealed record HubReply(string Code, JsonElement Payload)
{
    public static HubReply Of(JsonElement response) => response.GetProperty("ok").GetBoolean()
        ? new HubReply("ok", response.GetProperty("payload"))
        : new HubReply(response.GetProperty("error").GetProperty("code").GetString()!, default);

    /// <summary>Of a welcome: the session's id.</summary>
    public string Session => Payload.GetProperty("server").GetProperty("connId").GetString()!;

    /// <summary>Of a welcome: by what it was let in.</summary>
    public string Method => Payload.GetProperty("auth").GetProperty("method").GetString()!;

    /// <summary>Of a welcome: what it may do.</summary>
    public string[] Scopes => [.. Payload.GetProperty("auth").GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)];
}
