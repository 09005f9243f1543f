using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Listeners;

namespace Netclaw.Daemon.Evidence;

/// <summary>Everything known about a connection, from its socket and the headers of its one request. Nothing later re-reads either.</summary>
public sealed class EvidenceBuilder(BoundAddresses bound, OwnAddresses own)
{
    /// <param name="wire">What speaks on the connection: <c>signalr</c>, <c>http</c>.</param>
    public ConnectionEvidence Build(AcceptedConnection accepted, HttpRequest request, string wire)
    {
        var host = One(request.Headers.Host);
        var origin = One(request.Headers.Origin);
        var remote = Normalized(accepted.Remote);
        return new ConnectionEvidence
        {
            Listener = accepted.Listener,
            Wire = wire,
            Peer = accepted.Peer,
            Remote = remote,
            Local = Normalized(accepted.Local),
            Place = remote is null ? RemotePlace.Elsewhere : own.PlaceOf(remote.Address),
            Forwarded = ForwardingHeaders.AnyIn(request.Headers.Keys),
            Host = host,
            HostAllowed = bound.Admits(host, accepted.Listener),
            HostIsLoopback = HostHeader.TryParse(host, out var named) && named.IsLoopback,
            Origin = origin,
            OriginAllowed = origin is not null && bound.AdmitsOrigin(origin),
            AcceptedAt = accepted.At,
        };
    }

    /// <summary>A header sent twice is kept as one text that no rule admits.</summary>
    private static string? One(StringValues values) => values.Count == 0 ? null : string.Join(", ", values.ToArray());

    private static IPEndPoint? Normalized(EndPoint? endpoint) =>
        endpoint is IPEndPoint ip ? new IPEndPoint(OwnAddresses.Normalized(ip.Address), ip.Port) : null;
}
