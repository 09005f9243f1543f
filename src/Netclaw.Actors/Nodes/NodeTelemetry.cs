using System.Collections.Concurrent;
using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>What a connected node told about itself.</summary>
public sealed record NodeReport
{
    public static readonly NodeReport Nothing = new();

    public NodeHostStats? HostStats { get; init; }

    /// <summary>When it last told that somebody is there.</summary>
    public DateTimeOffset? AliveAt { get; init; }

    public ImmutableArray<NodePluginTool> PluginTools { get; init; } = [];
    public ImmutableArray<NodeSkill> Skills { get; init; } = [];
    public NodeRunnerInventoryUpdateParams? RunnerInventory { get; init; }
}

/// <summary>What connected nodes told about themselves, by connection: gone with it. Thread-safe; one writer.</summary>
public sealed class NodeTelemetry
{
    private readonly ConcurrentDictionary<SessionId, NodeReport> _reports = new();

    public NodeReport Of(SessionId session) => _reports.GetValueOrDefault(session, NodeReport.Nothing);

    internal void Set(SessionId session, NodeReport report) => _reports[session] = report;

    internal void Forget(SessionId session) => _reports.TryRemove(session, out _);
}
