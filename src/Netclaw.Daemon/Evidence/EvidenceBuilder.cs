using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Listeners;

namespace Netclaw.Daemon.Evidence;

/// <summary>Reads evidence out of facts; the product's is <see cref="EvidenceReader.Read"/>.</summary>
public delegate ConnectionEvidence EvidenceReading(ConnectionFacts facts, EvidenceRules rules);

/// <summary>Everything known about a connection, from its socket and the headers of its one request. Nothing later re-reads either.</summary>
public sealed class EvidenceBuilder(BoundAddresses bound, OwnAddresses own, EvidenceReading read)
{
    /// <param name="wire">What speaks on the connection: <c>signalr</c>, <c>http</c>.</param>
    public ConnectionEvidence Build(AcceptedConnection accepted, HttpRequest request, string wire) =>
        read(Facts(accepted, request, wire), bound.Rules);

    /// <summary>What <see cref="EvidenceReader"/> is given: all that a decision can ever depend on.</summary>
    public ConnectionFacts Facts(AcceptedConnection accepted, HttpRequest request, string wire) => new()
    {
        Listener = accepted.Listener,
        Wire = wire,
        Peer = accepted.Peer,
        Remote = accepted.Remote as IPEndPoint,
        Local = accepted.Local as IPEndPoint,
        Place = accepted.Remote is IPEndPoint remote ? own.PlaceOf(PlainAddress.Of(remote.Address)) : RemotePlace.Elsewhere,
        RemoteUserId = accepted.RemoteUserId,
        Headers = Lines(request.Headers, accepted.Lines),
        AcceptedAt = accepted.At,
    };

    /// <param name="connection">The lines that Kestrel does not hand on as they came.</param>
    private static ImmutableArray<HeaderLine> Lines(IHeaderDictionary headers, ConnectionLines connection)
    {
        var lines = ImmutableArray.CreateBuilder<HeaderLine>(headers.Count + connection.Values.Length);
        foreach (var value in connection.Values)
        {
            lines.Add(new HeaderLine(HeaderNames.Connection, value));
        }

        foreach (var (name, values) in headers)
        {
            if (name.Equals(HeaderNames.Connection, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values)
            {
                lines.Add(new HeaderLine(name, value ?? ""));
            }
        }

        return lines.DrainToImmutable();
    }
}
