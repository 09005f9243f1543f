using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Evidence;

namespace Netclaw.Daemon.Listeners;

/// <summary>
/// The first thing that sees a connection, before a byte of it is read: gives it a place among the unauthenticated and asks the
/// kernel who it is. The clock of the handshake starts here.
/// </summary>
public sealed class AcceptGate(ListenerKind listener, Admission admission, PeerCredentials credentials, LoopbackPeer loopback)
{
    public ConnectionDelegate Before(ConnectionDelegate next) => connection => Serve(connection, next);

    private async Task Serve(ConnectionContext connection, ConnectionDelegate next)
    {
        var peer = listener != ListenerKind.Tcp && connection.Features.Get<IConnectionSocketFeature>() is { Socket: var socket }
            ? credentials.Of(socket)
            : null;
        using var place = admission.Admit(KeyOf(connection, peer), cause => connection.Abort(new ConnectionAbortedException(
            cause == CutCause.Evicted ? "made room for a newer connection" : "did not authenticate in time")));
        var user = listener == ListenerKind.Tcp ? loopback.UserOf(connection.RemoteEndPoint, connection.LocalEndPoint) : null;
        var lines = new ConnectionLines();
        connection.Transport = new WatchedTransport(new WatchedInput(connection.Transport.Input, lines), connection.Transport.Output);
        connection.Features.Set(new AcceptedConnection(listener, connection, place, peer, user, lines));
        await next(connection).ConfigureAwait(false);
    }

    private static AddressKey KeyOf(ConnectionContext connection, PeerProcess? peer) =>
        connection.RemoteEndPoint is IPEndPoint remote ? AddressKey.Of(remote.Address) : AddressKey.OfUser(peer?.UserId);
}
