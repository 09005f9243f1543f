using System.Net.WebSockets;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>What answered a probe.</summary>
/// <param name="Status">Of the HTTP answer.</param>
/// <param name="Server">The <c>Server</c> header: whoever answered, by its own word.</param>
/// <param name="Via">The <c>Via</c> header.</param>
/// <param name="Challenge">The <c>WWW-Authenticate</c> header: credentials are wanted.</param>
/// <param name="Greeted">The WebSocket opened and the gateway's greeting came through it.</param>
public sealed record ProbeAnswer(int Status, string? Server, string? Via, string? Challenge, bool Greeted);

/// <summary>One request through whatever stands in front of a gateway: an upgrade to the hub, with further header lines that a client has no business to send.</summary>
public static class ProbeRequest
{
    private const int LongestGreeting = 256;

    /// <param name="lines">Header lines, without their line ends; ASCII.</param>
    /// <exception cref="GatewayException">endpoint_unreachable, endpoint_tls_failed or endpoint_not_netclaw: no HTTP answer came.</exception>
    public static Task<ProbeAnswer> SendAsync(Uri url, IReadOnlyCollection<string> lines, CancellationToken cancellation)
    {
        if (lines.Any(line => line.AsSpan().ContainsAny('\r', '\n')))
        {
            throw new ArgumentException("a header line has no line ends in it", nameof(lines));
        }

        var endpoint = new GatewayEndpoint.Http(url);
        return GatewayDial.DialAsync(endpoint, stream => AskAsync(stream, endpoint, lines, cancellation), cancellation);
    }

    private static async Task<ProbeAnswer> AskAsync(Stream stream, GatewayEndpoint endpoint, IEnumerable<string> lines, CancellationToken cancellation)
    {
        var (answer, socket) = await HubUpgrade.TryAsync(stream, endpoint, Nonce.New(), lines, cancellation).ConfigureAwait(false);
        using var opened = socket;
        var greeted = socket is not null && await GreetedAsync(socket, cancellation).ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
        return new ProbeAnswer(answer.Status, Clean(answer, "Server"), Clean(answer, "Via"), Clean(answer, "WWW-Authenticate"), greeted);
    }

    private static async Task<bool> GreetedAsync(WebSocket socket, CancellationToken cancellation)
    {
        try
        {
            var buffer = new byte[LongestGreeting];
            var received = await socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, received.Count) == ProxyProbe.Greeting;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private static string? Clean(UpgradeAnswer answer, string name) => answer.Header(name) is { } value ? ForeignText.Clean(value) : null;
}
