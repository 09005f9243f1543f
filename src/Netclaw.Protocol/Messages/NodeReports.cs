using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Method <c>node.event</c> (gateway-protocol.md 6.5): a node tells something.</summary>
public sealed record NodeEventParams(string Event)
{
    public const string Method = "node.event";

    public JsonElement? Payload { get; init; }

    /// <summary>JSON in a text; goes before <see cref="Payload"/>.</summary>
    [JsonPropertyName("payloadJSON")]
    public string? PayloadJson { get; init; }
}

/// <param name="Handled">Whether the gateway knows the event.</param>
public sealed record NodeEventResult(bool Ok, string Event, bool Handled, string? Reason = null);

/// <summary>Payload of <c>node.host.stats</c>: what the node's machine has and has left. Bytes; loads as the kernel counts them over 1, 5 and 15 minutes.</summary>
public sealed record NodeHostStats(int CpuCount)
{
    public const string EventName = "node.host.stats";

    public ImmutableArray<double>? LoadAverage { get; init; }
    public long? MemoryTotalBytes { get; init; }
    public long? MemoryFreeBytes { get; init; }
    public long? DiskTotalBytes { get; init; }
    public long? DiskAvailableBytes { get; init; }
}

/// <summary>Method <c>node.pluginTools.update</c>: in place of all that the node said before.</summary>
public sealed record NodePluginToolsUpdateParams(ImmutableArray<NodePluginTool> Tools)
{
    public const string Method = "node.pluginTools.update";
    public const int Most = 256;
}

/// <summary>A tool that a plug-in of the node offers.</summary>
/// <param name="Name">A letter, then up to 63 letters, digits, _ and -.</param>
public sealed record NodePluginTool(string PluginId, string Name, string Description)
{
    /// <summary>A JSON Schema.</summary>
    public JsonElement? Parameters { get; init; }

    public string? Command { get; init; }
    public NodeMcpTool? Mcp { get; init; }
}

public sealed record NodeMcpTool(string Server, string Tool);

public sealed record NodePluginToolsUpdateResult(string NodeId, ImmutableArray<NodePluginTool> Tools);

/// <summary>Method <c>node.skills.update</c>: in place of all that the node said before.</summary>
public sealed record NodeSkillsUpdateParams(ImmutableArray<NodeSkill> Skills)
{
    public const string Method = "node.skills.update";
    public const int Most = 64;
}

/// <param name="Name">1 to 64 lower-case letters, digits and single hyphens between them.</param>
/// <param name="Description">At most 1,024 characters.</param>
/// <param name="Content">At most 65,536 characters.</param>
public sealed record NodeSkill(string Name, string Description, string Content);

public sealed record NodeSkillsUpdateResult(string NodeId, ImmutableArray<NodeSkill> Skills);

/// <summary>Method <c>node.runnerInventory.update</c>: what the node could run agents with.</summary>
public sealed record NodeRunnerInventoryUpdateParams
{
    public const string Method = "node.runnerInventory.update";
    public const int MostFeatures = 64;

    public ImmutableArray<string>? ProtocolFeatures { get; init; }
    public NodeWorkerHost? WorkerHost { get; init; }
}

public sealed record NodeWorkerHost(bool Enabled);

public sealed record NodeRunnerInventoryUpdateResult(string NodeId);

/// <summary>Method <c>skills.bins</c>: programs that skills ask nodes to look for.</summary>
public sealed record SkillsBinsResult(ImmutableArray<string> Bins)
{
    public const string Method = "skills.bins";
}
