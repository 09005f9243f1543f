using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>Method <c>node.pair.list</c>: what nodes ask to lend, and what they may lend (gateway-protocol.md 6.2).</summary>
public sealed record NodePairListResult(ImmutableArray<PendingNode> Pending, ImmutableArray<PairedNode> Paired)
{
    public const string Method = "node.pair.list";
}

/// <summary>A surface that waits for an operator; also the payload of the event <c>node.pair.requested</c>. What a node says of itself is left out while it is not connected.</summary>
/// <param name="NodeId">The hex id of its device.</param>
/// <param name="Caps">Sorted.</param>
/// <param name="Commands">Sorted; what the command policy keeps out is not in it.</param>
/// <param name="RequiredApproveScopes">What it takes to approve it.</param>
/// <param name="Ts">The last try, Unix ms.</param>
public sealed record PendingNode(
    PairingRequestId RequestId, string NodeId, string DisplayName, ImmutableArray<string> Caps, ImmutableArray<string> Commands, ScopeSet RequiredApproveScopes, long Ts, long ExpiresAtMs)
{
    public const string Requested = "node.pair.requested";

    public string? ClientId { get; init; }
    public string? ClientMode { get; init; }
    public string? Platform { get; init; }
    public string? Version { get; init; }
    public string? DeviceFamily { get; init; }
    public ImmutableDictionary<string, bool>? Permissions { get; init; }

    /// <summary>True: the device was paired without a prompt, and nobody has looked at it yet.</summary>
    public bool? Silent { get; init; }

    public string? RemoteIp { get; init; }
}

/// <summary>A node with an approved surface.</summary>
/// <param name="Caps">As approved, sorted.</param>
/// <param name="Commands">As approved, sorted.</param>
/// <param name="CreatedAtMs">When the device was paired, Unix ms.</param>
public sealed record PairedNode(
    string NodeId, string DisplayName, ImmutableArray<string> Caps, ImmutableArray<string> Commands, long CreatedAtMs, long ApprovedAtMs, string ApprovedBy, bool Connected)
{
    public string? ClientId { get; init; }
    public string? ClientMode { get; init; }
    public string? Platform { get; init; }
    public string? Version { get; init; }
    public string? DeviceFamily { get; init; }
    public long? LastSeenAtMs { get; init; }
    public string? LastSeenReason { get; init; }
}

/// <summary>Method <c>node.pair.approve</c>: the node may lend what it asked for, and nothing else.</summary>
public sealed record NodePairApproveParams(PairingRequestId RequestId)
{
    public const string Method = "node.pair.approve";
}

public sealed record NodePairApproveResult(PairingRequestId RequestId, PairedNode Node);

/// <summary>Method <c>node.pair.reject</c>: what was approved before stays.</summary>
public sealed record NodePairRejectParams(PairingRequestId RequestId)
{
    public const string Method = "node.pair.reject";
}

public sealed record NodePairRejectResult(PairingRequestId RequestId, string NodeId);

/// <summary>Method <c>node.pair.remove</c>: the node lends nothing any more. A device that is nothing but a node is revoked; answered after its connections are closed.</summary>
/// <param name="NodeId">The id of its device, with or without <c>d_</c>.</param>
public sealed record NodePairRemoveParams(string NodeId)
{
    public const string Method = "node.pair.remove";
}

/// <param name="Revoked">The device is shut out; otherwise it stays paired as an operator.</param>
public sealed record NodePairRemoveResult(string NodeId, string DisplayName, bool Revoked, int ConnectionsClosed);

/// <summary>Event <c>node.pair.resolved</c>, to operators and to the node itself.</summary>
/// <param name="Decision">approved, rejected or removed.</param>
/// <param name="RequestId">Left out where nothing was asked for.</param>
public sealed record NodePairResolved(string NodeId, string Decision, long Ts, PairingRequestId? RequestId = null)
{
    public const string EventName = "node.pair.resolved";
    public const string Approved = "approved";
    public const string Rejected = "rejected";
    public const string Removed = "removed";
}
