using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Netclaw.Protocol;

/// <summary>
/// From an endpoint to an open WebSocket on the hub: 1 socket, 2 who serves it or TLS, 3 upgrade. One host is spoken to and no other: no
/// redirects, no proxies, no cookies. Sockets are opened here and not by an HTTP client, which would cost a command line a tenth of its time.
/// </summary>
internal static class GatewayDial
{
    /// <exception cref="GatewayException">Every way in which it can fail but cancellation, told apart.</exception>
    public static Task<WebSocket> ConnectAsync(GatewayEndpoint endpoint, string clientNonce, CancellationToken cancellation) =>
        DialAsync(endpoint, stream => HubUpgrade.AskAsync(stream, endpoint, clientNonce, cancellation), cancellation);

    /// <param name="ask">Given the open stream, which is closed when it fails. 3.</param>
    /// <exception cref="GatewayException">Every way in which it can fail but cancellation, told apart.</exception>
    public static async Task<T> DialAsync<T>(GatewayEndpoint endpoint, Func<Stream, Task<T>> ask, CancellationToken cancellation)
    {
        Stream? stream = null;
        try
        {
            stream = endpoint switch
            {
                GatewayEndpoint.Control control => await OverSocketAsync(control, cancellation).ConfigureAwait(false),
                GatewayEndpoint.Http http => await OverTcpAsync(http, cancellation).ConfigureAwait(false),
                _ => throw new InvalidOperationException("an endpoint is a control socket or an address"),
            };
            return await ask(stream).ConfigureAwait(false); // 3
        }
        catch (Exception e)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            cancellation.ThrowIfCancellationRequested();
            throw e is SocketException or IOException or AuthenticationException ? DialFailure.Explain(endpoint, e) : e;
        }
    }

    private static async Task<Stream> OverSocketAsync(GatewayEndpoint.Control endpoint, CancellationToken cancellation)
    {
        ControlSocketCheck.Directory(endpoint);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.SocketPath), cancellation).ConfigureAwait(false); // 1
            ControlSocketCheck.Server(endpoint, socket); // 2
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> OverTcpAsync(GatewayEndpoint.Http endpoint, CancellationToken cancellation)
    {
        var url = endpoint.BaseUri;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(url.IdnHost, url.Port), cancellation).ConfigureAwait(false); // 1
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var stream = new NetworkStream(socket, ownsSocket: true);
        return url.Scheme == Uri.UriSchemeHttps ? await SecureAsync(stream, url, cancellation).ConfigureAwait(false) : stream; // 2
    }

    private static async Task<Stream> SecureAsync(NetworkStream stream, Uri url, CancellationToken cancellation)
    {
        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = url.IdnHost }, cancellation).ConfigureAwait(false);
            return secure;
        }
        catch (Exception e)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw e is IOException ? new AuthenticationException("the connection was closed in the middle of it", e) : e;
        }
    }
}
