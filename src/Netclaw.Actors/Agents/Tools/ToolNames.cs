using System.Collections.Immutable;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>What agents may be offered, as models call it.</summary>
public static class ToolNames
{
    public const string SessionsSpawn = "sessions_spawn";
    public const string SessionsList = "sessions_list";
    public const string SessionsHistory = "sessions_history";
    public const string SessionsSend = "sessions_send";
    public const string Subagents = "subagents";
    public const string Cron = "cron";
    public const string NodesList = "nodes_list";
    public const string NodeInvoke = "node_invoke";

    public static ImmutableArray<string> All { get; } = [SessionsSpawn, SessionsList, SessionsHistory, SessionsSend, Subagents, Cron, NodesList, NodeInvoke];
}
