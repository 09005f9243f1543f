using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Plain HTTP over TCP or a Unix socket, with whatever headers.</summary>
internal static class PlainClient
{
    public static async Task<(HttpStatusCode Status, string Body)> GetAsync(EndPoint endpoint, string path, params (string Name, string Value)[] headers)
    {
        using var handler = Handler(endpoint);
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost" + path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static SocketsHttpHandler Handler(EndPoint endpoint) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) => new NetworkStream(await ConnectAsync(endpoint, cancellation), ownsSocket: true),
    };

    public static async Task<Socket> ConnectAsync(EndPoint endpoint, CancellationToken cancellation = default)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(endpoint, cancellation);
        return socket;
    }

    /// <summary>Asks for a WebSocket byte for byte; the head of the answer.</summary>
    public static async Task<string> UpgradeAsync(EndPoint endpoint, string path, string version = "13", params (string Name, string Value)[] headers)
    {
        using var stream = new NetworkStream(await ConnectAsync(endpoint), ownsSocket: true);
        var request = string.Join("\r\n", [
            $"GET {path} HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade", $"Sec-WebSocket-Version: {version}", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            .. headers.Select(header => $"{header.Name}: {header.Value}"), "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one).AsTask().WaitAsync(GatewayHost.Bound) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Completes when the other side has ended the connection, however.</summary>
    public static async Task EndedAsync(Socket socket)
    {
        try
        {
            while (await socket.ReceiveAsync(new byte[4096]).WaitAsync(GatewayHost.Bound) > 0)
            {
            }
        }
        catch (SocketException)
        {
        }
    }
}
