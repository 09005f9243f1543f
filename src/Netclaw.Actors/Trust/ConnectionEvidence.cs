using System.Collections.Immutable;
using System.Net;

namespace Netclaw.Actors.Trust;

/// <summary>Which listener accepted the connection.</summary>
public enum ListenerKind
{
    /// <summary>The Unix domain socket in the home: the kernel names the peer.</summary>
    Control,
    Tcp,
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

    /// <summary>Control socket: who the kernel says it is. Null: unknown, which satisfies nothing.</summary>
    public PeerProcess? Peer { get; init; }

    /// <summary>TCP: the peer's address, IPv4-mapped IPv6 normalised.</summary>
    public IPEndPoint? Remote { get; init; }

    public IPEndPoint? Local { get; init; }

    /// <summary>TCP: the remote address is loopback or one of this host's own interface addresses.</summary>
    public bool RemoteIsOwnHost { get; init; }

    /// <summary>Any forwarding header was present, whatever it said.</summary>
    public bool Forwarded { get; init; }

    public string? Host { get; init; }

    /// <summary>The Host header names something this gateway answers for.</summary>
    public bool HostAllowed { get; init; }

    public string? Origin { get; init; }

    /// <summary>The Origin is on the allow-list; meaningless without one.</summary>
    public bool OriginAllowed { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The address limits and logs go by: never an identity.</summary>
    public string ClientAddress => Listener == ListenerKind.Control ? "control" : Remote?.Address.ToString() ?? "unknown";

    /// <summary>Listener and wire as <c>netclaw sessions list</c> shows them.</summary>
    public string Transport => (Listener == ListenerKind.Control ? "control/" : "tcp/") + Wire;
}
