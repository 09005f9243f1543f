using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;
using DaemonListenOptions = Netclaw.Daemon.Configuration.ListenOptions;

namespace Netclaw.Daemon.Listeners;

/// <summary>Both listeners and what a request may cost. HTTP/1.1 only: one request decides one connection's evidence.</summary>
public static class KestrelSetup
{
    public static void Limit(KestrelServerOptions kestrel, LimitsOptions limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = 4096;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = limits.Handshake;
        kestrel.Limits.KeepAliveTimeout = limits.Handshake;
    }

    public static void Listen(KestrelServerOptions kestrel, DaemonListenOptions listen, NetclawHome home, AcceptGate tcp, AcceptGate control)
    {
        kestrel.Listen(listen.EndPoint, options => Gate(options, tcp));
        kestrel.ListenUnixSocket(home.ControlSocket, options => Gate(options, control));
    }

    /// <param name="tcp">Bound already. The control socket gets its mode between bind and the first accept.</param>
    public static void Bind(SocketTransportOptions transport, Socket tcp) => transport.CreateBoundListenSocket = endpoint =>
    {
        if (endpoint is not UnixDomainSocketEndPoint unix)
        {
            return tcp;
        }

        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        ControlSocketPath.Close(unix.ToString());
        return socket;
    };

    private static void Gate(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions options, AcceptGate gate)
    {
        options.Protocols = HttpProtocols.Http1;
        ((IConnectionBuilder)options).Use(gate.Before);
    }
}
