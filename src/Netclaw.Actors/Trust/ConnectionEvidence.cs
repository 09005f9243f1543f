using System.Collections.Immutable;
using System.Net;

namespace Netclaw.Actors.Trust;

/// <summary>Which listener accepted the connection.</summary>
public enum ListenerKind
{
    /// <summary>The Unix domain socket in the home: the kernel names the peer.</summary>
    Control,
    Tcp,

    /// <summary>The second Unix socket, for other users of this machine: <c>control.allowUsers</c> and <c>allowGroups</c>.</summary>
    Shared,
}

/// <summary>Where a TCP peer's address lies.</summary>
public enum RemotePlace
{
    Elsewhere,
    Loopback,

    /// <summary>Not loopback, but one of this host's own interface addresses.</summary>
    OwnInterface,

    /// <summary>Not loopback, and this host's interfaces could not be listed.</summary>
    Unlisted,
}

/// <summary>Whether the peer is one of the configured <c>trustedProxies</c>.</summary>
public enum ProxyListing
{
    NotListed,

    /// <summary>By a range.</summary>
    Range,

    /// <summary>By its very address.</summary>
    Single,
}

/// <summary>What the kernel says about the process at the other end of a Unix socket.</summary>
/// <param name="ProcessId">Good only together with <paramref name="DescendsFromDaemon"/>, which was decided at accept.</param>
/// <param name="DescendsFromDaemon">Null when it could not be told (the process was gone): unknown never satisfies a rule.</param>
public sealed record PeerProcess(uint UserId, uint GroupId, int ProcessId, ImmutableArray<uint> Groups, bool? DescendsFromDaemon);

/// <summary>
/// Everything known about a connection when it was accepted (trust.md section 1). Built once by the daemon; nothing later
/// re-reads the socket or the headers.
/// </summary>
public sealed record ConnectionEvidence
{
    public required ListenerKind Listener { get; init; }

    /// <summary>The wire on top of the listener, for people: <c>signalr</c>, <c>gateway-ws</c>, <c>http</c>.</summary>
    public required string Wire { get; init; }

    /// <summary>Unix sockets: who the kernel says it is. Null: unknown, which satisfies nothing.</summary>
    public PeerProcess? Peer { get; init; }

    /// <summary>TCP: the peer's address, IPv4-mapped IPv6 normalised.</summary>
    public IPEndPoint? Remote { get; init; }

    public IPEndPoint? Local { get; init; }

    public RemotePlace Place { get; init; }

    /// <summary>Loopback TCP: the user that owns the peer's socket, as the kernel says. Null: not asked or unknown, which satisfies nothing.</summary>
    public uint? RemoteUserId { get; init; }

    public ProxyListing Listing { get; init; }

    /// <summary>Any forwarding header was present, whatever it said.</summary>
    public bool Forwarded { get; init; }

    /// <summary>A trusted hop says that the client's way to it was TLS. Never an identity: it tells whether others can read what is sent.</summary>
    public bool TlsAttested { get; init; }

    /// <summary>The client behind trusted proxies, resolved from the right; null when there is none or it cannot be told. Never loopback. For limits and logs only.</summary>
    public IPAddress? Client { get; init; }

    public string? Host { get; init; }

    /// <summary>The Host header names something this gateway answers for.</summary>
    public bool HostAllowed { get; init; }

    /// <summary>The Host header is <c>localhost</c> or a loopback address literal.</summary>
    public bool HostIsLoopback { get; init; }

    public string? Origin { get; init; }

    /// <summary>The Origin is on the allow-list; meaningless without one.</summary>
    public bool OriginAllowed { get; init; }

    /// <summary>A browser says that a page of another site asked (<c>Sec-Fetch-Site</c>), whether or not it sent an Origin.</summary>
    public bool CrossSite { get; init; }

    /// <summary>The configured user header.</summary>
    public HeaderReading User { get; init; }

    /// <summary>The first of the configured required headers that is missing, blank or ambiguous, in lower case; null when all are there.</summary>
    public string? MissingHeader { get; init; }

    /// <summary>The configured assertion header.</summary>
    public HeaderReading Assertion { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>This very machine, by its address: nothing that a rule may take for an identity.</summary>
    public bool RemoteIsOwnHost => Place is RemotePlace.Loopback or RemotePlace.OwnInterface;

    /// <summary>The address limits and logs go by: never an identity.</summary>
    public string ClientAddress => Listener switch
    {
        ListenerKind.Control => "control",
        ListenerKind.Shared => "shared",
        _ => (Client ?? Remote?.Address)?.ToString() ?? "unknown",
    };

    /// <summary>Listener and wire as <c>netclaw connections list</c> shows them.</summary>
    public string Transport => Listener switch
    {
        ListenerKind.Control => "control/",
        ListenerKind.Shared => "shared/",
        _ => "tcp/",
    } + Wire;
}
