using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Method <c>node.pending.enqueue</c> (gateway-protocol.md 6.5): something for a node to do when it next asks.</summary>
/// <param name="Type">status.request or location.request.</param>
public sealed record NodePendingEnqueueParams(string NodeId, string Type)
{
    public const string Method = "node.pending.enqueue";
    public const string StatusRequest = "status.request";
    public const string LocationRequest = "location.request";
    public const string Normal = "normal";
    public const string High = "high";
    public const int ShortestExpiryMs = 1000;
    public const int LongestExpiryMs = 86_400_000;

    /// <summary>normal (default) or high.</summary>
    public string? Priority { get; init; }

    /// <summary>Left out: <see cref="LongestExpiryMs"/>.</summary>
    public long? ExpiresInMs { get; init; }

    /// <summary>Asks for the node to be woken; the gateway has no way to wake one, and says so.</summary>
    public bool? Wake { get; init; }
}

/// <param name="CreatedAtMs">Unix ms.</param>
/// <param name="ExpiresAtMs">Unix ms.</param>
public sealed record NodePendingItem(QueuedId Id, string Type, string Priority, long CreatedAtMs, long ExpiresAtMs);

/// <param name="Revision">Rises with every change of the node's queue.</param>
public sealed record NodePendingEnqueueResult(string NodeId, long Revision, NodePendingItem Queued, bool WakeTriggered);

/// <summary>Method <c>node.pending.drain</c>: the calling node takes what waits for it, the urgent and the oldest first. What it was given is gone from the queue.</summary>
public sealed record NodePendingDrainParams
{
    public const string Method = "node.pending.drain";
    public const int Most = 10;

    /// <summary>1 to <see cref="Most"/>, which is also what it is when left out.</summary>
    public int? MaxItems { get; init; }
}

public sealed record NodePendingDrainResult(string NodeId, long Revision, ImmutableArray<NodePendingItem> Items, bool HasMore);

/// <summary>Method <c>node.pending.pull</c>: invocations that waited for the calling node to come to the foreground. They stay until they are acknowledged or ten minutes old.</summary>
public sealed record NodePendingPullResult(string NodeId, ImmutableArray<NodePendingAction> Actions)
{
    public const string Method = "node.pending.pull";
}

/// <param name="ParamsJson">JSON in a text, or null.</param>
/// <param name="EnqueuedAtMs">Unix ms.</param>
public sealed record NodePendingAction(
    QueuedId Id, string Command, [property: JsonPropertyName("paramsJSON"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ParamsJson, long EnqueuedAtMs);

/// <summary>Method <c>node.pending.ack</c>: the calling node has done these.</summary>
public sealed record NodePendingAckParams(ImmutableArray<string> Ids)
{
    public const string Method = "node.pending.ack";
    public const int Most = 64;
}

/// <param name="AckedIds">Those that were there.</param>
public sealed record NodePendingAckResult(string NodeId, ImmutableArray<string> AckedIds, int RemainingCount);
