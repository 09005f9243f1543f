using System.Collections.Immutable;
using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>What the gateway answers for and whom it believes: everything that reading a connection depends on beside the connection.</summary>
public sealed record EvidenceRules
{
    public required TrustOptions Trust { get; init; }

    /// <summary>What the TCP listener bound, wildcards as they are.</summary>
    public ImmutableArray<IPEndPoint> Bound { get; init; } = [];

    /// <summary><c>exposure.externalUrl</c>: its host and its origin are the gateway's own.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary><c>exposure.hosts</c>: further names in the Host header. With a port: at that port alone.</summary>
    public ImmutableArray<HostHeader> Hosts { get; init; } = [];

    /// <summary><c>exposure.origins</c>: pages of other sites that may connect, each exactly.</summary>
    public ImmutableArray<WebOrigin> Origins { get; init; } = [];
}
