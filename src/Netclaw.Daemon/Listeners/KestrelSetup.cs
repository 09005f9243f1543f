using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;
using DaemonListenOptions = Netclaw.Daemon.Configuration.ListenOptions;

namespace Netclaw.Daemon.Listeners;

/// <summary>The listeners and what a request may cost. HTTP/1.1 only: one request decides one connection's evidence.</summary>
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

    /// <param name="shared">The socket for other users; null: nobody is listed.</param>
    public static void Listen(KestrelServerOptions kestrel, DaemonListenOptions listen, NetclawHome home, string? shared, Func<ListenerKind, AcceptGate> gate)
    {
        kestrel.Listen(listen.EndPoint, options => Gate(options, gate(ListenerKind.Tcp)));
        kestrel.ListenUnixSocket(home.ControlSocket, options => Gate(options, gate(ListenerKind.Control)));
        if (shared is not null)
        {
            kestrel.ListenUnixSocket(shared, options => Gate(options, gate(ListenerKind.Shared)));
        }
    }

    /// <param name="tcp">Bound already. A Unix socket gets its mode between bind and the first accept.</param>
    public static void Bind(SocketTransportOptions transport, Socket tcp, string? shared) => transport.CreateBoundListenSocket = endpoint =>
    {
        if (endpoint is not UnixDomainSocketEndPoint unix)
        {
            return tcp;
        }

        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (unix.ToString() == shared)
        {
            ControlSocketPath.Open(shared);
        }
        else
        {
            ControlSocketPath.Close(unix.ToString());
        }

        return socket;
    };

    private static void Gate(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions options, AcceptGate gate)
    {
        options.Protocols = HttpProtocols.Http1;
        ((IConnectionBuilder)options).Use(gate.Before);
    }
}
