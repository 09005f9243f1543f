using System.Collections.Immutable;
using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>One header line as received. Its value may be a credential: only the name is printed.</summary>
public readonly record struct HeaderLine(string Name, string Value)
{
    public override string ToString() => Name;
}

/// <summary>What is known of a connection before anybody has read anything into it: the socket, what the kernel says, and the header lines of its one request.</summary>
public sealed record ConnectionFacts
{
    public required ListenerKind Listener { get; init; }

    /// <summary>The wire on top of the listener, for people: <c>signalr</c>, <c>gateway-ws</c>, <c>http</c>.</summary>
    public required string Wire { get; init; }

    /// <summary>Unix sockets: who the kernel says it is.</summary>
    public PeerProcess? Peer { get; init; }

    /// <summary>TCP: as the socket says, IPv4-mapped or with a zone as it may be.</summary>
    public IPEndPoint? Remote { get; init; }

    public IPEndPoint? Local { get; init; }

    /// <summary>What this host's interfaces say of <see cref="Remote"/>. Loopback needs no such word: it is told by the address.</summary>
    public RemotePlace Place { get; init; }

    /// <summary>Loopback TCP: the user that owns the peer's socket, as the kernel says. Null: not asked or unknown.</summary>
    public uint? RemoteUserId { get; init; }

    /// <summary>In the order received, duplicates as they came.</summary>
    public ImmutableArray<HeaderLine> Headers { get; init; } = [];

    public required DateTimeOffset AcceptedAt { get; init; }
}
