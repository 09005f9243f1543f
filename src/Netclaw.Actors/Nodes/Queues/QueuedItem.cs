using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>Something for a node to do when it next asks.</summary>
/// <param name="Type">status.request or location.request.</param>
public sealed record QueuedItem(QueuedId Id, string Type, bool High, DateTimeOffset QueuedAt, DateTimeOffset ExpiresAt);

/// <summary>An invocation that waits for its node to come to the foreground.</summary>
public sealed record QueuedAction(QueuedId Id, string Command, DateTimeOffset QueuedAt, string? ParamsJson = null)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Characters; what is longer is not kept, and its caller hears the node's own error.</summary>
    public const int LongestParams = 64 * 1024;

    [JsonIgnore]
    public DateTimeOffset ExpiresAt => QueuedAt + Lifetime;
}
