using System.Net;
using Microsoft.AspNetCore.Connections;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Listeners;

/// <summary>What was known of a connection the moment it was accepted; travels with it as a feature.</summary>
/// <param name="Peer">Unix sockets: who the kernel says it is.</param>
/// <param name="Lines">Of its request, which is its only one.</param>
/// <param name="RemoteUserId">Loopback TCP: whose socket the kernel says it is.</param>
public sealed record AcceptedConnection(ListenerKind Listener, ConnectionContext Connection, Admitted Place, PeerProcess? Peer, uint? RemoteUserId, ConnectionLines Lines)
{
    public DateTimeOffset At => Place.At;

    public DateTimeOffset Deadline => Place.Deadline;

    public EndPoint? Remote => Connection.RemoteEndPoint;

    public EndPoint? Local => Connection.LocalEndPoint;

    /// <summary>Cuts the socket, whatever is still to be written.</summary>
    public void Abort(string reason) => Connection.Abort(new ConnectionAbortedException(reason));
}
