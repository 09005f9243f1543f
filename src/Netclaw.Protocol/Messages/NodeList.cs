using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>Method <c>node.list</c>: every paired node, and internal ones while they are connected (gateway-protocol.md 6.3).</summary>
/// <param name="Ts">Server clock, Unix ms.</param>
public sealed record NodeListResult(long Ts, ImmutableArray<NodeRow> Nodes)
{
    public const string Method = "node.list";
}

/// <summary>Method <c>node.describe</c>: the node's row, with <see cref="NodeRow.Ts"/>.</summary>
/// <param name="NodeId">The id of its device, with or without <c>d_</c>; or an internal node's own.</param>
public sealed record NodeDescribeParams(string NodeId)
{
    public const string Method = "node.describe";
}

/// <summary>One node. What it says of itself is left out while it is not connected.</summary>
/// <param name="NodeId">The hex id of its device; an internal node's own id, good for one connection.</param>
/// <param name="Caps">Sorted: those in force; while it is away, those approved.</param>
/// <param name="Commands">Sorted: those that may be invoked now; while it is away, those that might be if it declared them again.</param>
/// <param name="ApprovalState">unapproved, pending-approval, approved or pending-reapproval.</param>
/// <param name="Paired">False for internal nodes: nothing names them beyond one connection.</param>
public sealed record NodeRow(string NodeId, ImmutableArray<string> Caps, ImmutableArray<string> Commands, string ApprovalState, bool Paired, bool Connected)
{
    public const string Unapproved = "unapproved";
    public const string PendingApproval = "pending-approval";
    public const string Approved = "approved";
    public const string PendingReapproval = "pending-reapproval";

    public string? DisplayName { get; init; }
    public string? ClientId { get; init; }
    public string? ClientMode { get; init; }
    public string? Platform { get; init; }
    public string? Version { get; init; }
    public string? DeviceFamily { get; init; }
    public string? PathEnv { get; init; }
    public ImmutableDictionary<string, bool>? Permissions { get; init; }
    public string? RemoteIp { get; init; }

    /// <summary>What its machine has and has left, as it last told.</summary>
    public NodeHostStats? HostStats { get; init; }

    /// <summary>Whether it says that conversations may be held on it; none are by this gateway.</summary>
    public bool SessionHost { get; init; }

    /// <summary>Tools that its plug-ins offer, as it last told.</summary>
    public ImmutableArray<NodePluginTool>? NodePluginTools { get; init; }

    /// <summary>What it declares, sorted; left out where all of it is in force.</summary>
    public ImmutableArray<string>? DeclaredCommands { get; init; }

    /// <summary>The request that waits for an operator.</summary>
    public PairingRequestId? PendingRequestId { get; init; }

    public long? ConnectedAtMs { get; init; }
    public long? LastConnectedAtMs { get; init; }
    public long? LastSeenAtMs { get; init; }

    /// <summary>connect or disconnect.</summary>
    public string? LastSeenReason { get; init; }

    public long? ApprovedAtMs { get; init; }

    /// <summary>Server clock, Unix ms; only in the answer to <c>node.describe</c>.</summary>
    public long? Ts { get; init; }
}

/// <summary>Method <c>node.rename</c>. A name in use gets a number behind it.</summary>
/// <param name="NodeId">The id of its device, with or without <c>d_</c>.</param>
/// <param name="DisplayName">1-64 characters, none of them control or direction-changing.</param>
public sealed record NodeRenameParams(string NodeId, string DisplayName)
{
    public const string Method = "node.rename";
}

/// <param name="DisplayName">As it is called now.</param>
public sealed record NodeRenameResult(string NodeId, string DisplayName);
