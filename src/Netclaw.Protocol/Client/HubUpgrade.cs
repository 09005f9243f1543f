using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>The opening handshake of a WebSocket, client's side (RFC 6455 section 4.1), on the gateway's hub. HTTP/1.1, no body, nothing secret in it.</summary>
internal static class HubUpgrade
{
    private const int KeyBytes = 16;
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static async Task<WebSocket> AskAsync(Stream stream, GatewayEndpoint endpoint, string clientNonce, CancellationToken cancellation)
    {
        var (answer, socket) = await TryAsync(stream, endpoint, clientNonce, [], cancellation).ConfigureAwait(false);
        return socket ?? throw (answer.Status == 101 ? DialFailure.WrongUpgrade(endpoint) : DialFailure.Answered(endpoint, answer));
    }

    /// <param name="further">Header lines, without their line ends.</param>
    /// <returns>No socket when the answer is not the upgrade that was asked for.</returns>
    public static async Task<(UpgradeAnswer Answer, WebSocket? Socket)> TryAsync(
        Stream stream, GatewayEndpoint endpoint, string clientNonce, IEnumerable<string> further, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Request(endpoint, clientNonce, key, further)), cancellation).ConfigureAwait(false);
        var answer = await UpgradeAnswer.ReadAsync(stream, endpoint, cancellation).ConfigureAwait(false);
        if (answer.Status != 101 || answer.Header("Sec-WebSocket-Accept") != Accept(key))
        {
            return (answer, null);
        }

        // The hub protocol has its own pings.
        var onward = answer.SaidMore.IsEmpty ? stream : new ContinuedStream(answer.SaidMore, stream);
        return (answer, WebSocket.CreateFromStream(onward, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = TimeSpan.Zero }));
    }

    private static string Request(GatewayEndpoint endpoint, string clientNonce, string key, IEnumerable<string> further)
    {
        var url = endpoint is GatewayEndpoint.Http http ? http.BaseUri : null;
        return $"""
            GET {url?.AbsolutePath.TrimEnd('/')}{Limits.HubPath}?{Limits.ClientNonceParameter}={clientNonce} HTTP/1.1
            Host: {(url is null ? "localhost" : Host(url))}
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: {key}
            {string.Concat(further.Select(line => line + "\n"))}

            """.ReplaceLineEndings("\r\n");
    }

    private static string Host(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost;
        return url.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{url.Port}");
    }

    private static string Accept(string key)
    {
#pragma warning disable CA5350 // the RFC's own proof that the other side speaks WebSocket; it guards nothing
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
    }
}
