using System.Net.Sockets;
using System.Net.WebSockets;

namespace Netclaw.Protocol;

/// <summary>From an endpoint to an open WebSocket on the hub. One host is spoken to and no other: no redirects, no proxies, no cookies.</summary>
internal static class GatewayDial
{
    /// <exception cref="GatewayException">Every way in which it can fail but cancellation, told apart.</exception>
    public static async Task<HubTransport> ConnectAsync(GatewayEndpoint endpoint, string clientNonce, CancellationToken cancellation)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = 16, ActivityHeadersPropagator = null,
        };
        if (endpoint is GatewayEndpoint.Control control)
        {
            ControlSocketCheck.Directory(control);
            handler.ConnectCallback = async (_, token) => await ConnectAsync(control, token).ConfigureAwait(false);
        }

        var invoker = new HttpMessageInvoker(handler);
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.Zero; // the hub protocol has its own pings
        try
        {
            await socket.ConnectAsync(HubAddress(endpoint, clientNonce), invoker, cancellation).ConfigureAwait(false);
            return new HubTransport(socket, invoker);
        }
        catch (Exception e)
        {
            socket.Dispose();
            invoker.Dispose();
            if (e is OperationCanceledException || cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }

            throw DialFailure.Explain(endpoint, socket, e);
        }
    }

    private static async Task<Stream> ConnectAsync(GatewayEndpoint.Control endpoint, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.SocketPath), cancellation).ConfigureAwait(false);
            ControlSocketCheck.Server(endpoint, socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Uri HubAddress(GatewayEndpoint endpoint, string clientNonce)
    {
        var address = endpoint is GatewayEndpoint.Http http
            ? new UriBuilder(http.BaseUri) { Scheme = http.BaseUri.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Port = http.BaseUri.Port }
            : new UriBuilder("ws", "localhost");
        address.Path = address.Path.TrimEnd('/') + Limits.HubPath;
        address.Query = $"{Limits.ClientNonceParameter}={clientNonce}";
        return address.Uri;
    }
}
