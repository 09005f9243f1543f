using System.Net.WebSockets;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>The request for a WebSocket on the hub (RFC 6455 section 4.1), line by line, so that any line can be wrong.</summary>
internal static class Upgrade
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="; // both are the example of RFC 6455 section 1.3

    /// <param name="lines">Further header lines, without their line ends.</param>
    public static string Request(string host, params string[] lines) => Request($"{Limits.HubPath}?{Limits.ClientNonceParameter}={Nonce.New()}", host, lines);

    public static string Request(string target, string host, string[] lines)
    {
        // A test's own Connection line stands instead of the usual one.
        string[] connection = lines.Any(line => line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)) ? [] : ["Connection: Upgrade"];
        string[] all =
        [
            $"GET {target} HTTP/1.1", $"Host: {host}", .. connection, "Upgrade: websocket", "Sec-WebSocket-Version: 13", $"Sec-WebSocket-Key: {Key}", .. lines, "", "",
        ];
        return string.Join("\r\n", all);
    }

    /// <summary>Sends the request, expects the switch of protocols.</summary>
    public static async Task<WebSocket> AskAsync(RawConnection connection, params string[] lines)
    {
        await connection.SendAsync(Request(connection.Host, lines));
        var answer = await connection.AnswerAsync();
        Assert.True(answer is { Status: 101 }, $"no upgrade: {answer?.Head ?? "closed"}");
        Assert.Contains(Accept, answer!.Head, StringComparison.Ordinal);
        return WebSocket.CreateFromStream(connection.Stream, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = TimeSpan.Zero });
    }

    /// <summary>A server's answer to <see cref="Request(string, string[])"/>.</summary>
    public static readonly byte[] Granted = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {Accept}\r\n\r\n");
}
