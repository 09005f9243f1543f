using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Protocol;

/// <summary>Method <c>config.get</c>: netclaw.json as it stands, every secret as <c>***</c>.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Raw">Written anew from what was read, never the file's own text: what the reader does not know, and every secret, is not in it.</param>
/// <param name="Parsed">The keys that stand in the file.</param>
/// <param name="Resolved">Those and the defaults.</param>
/// <param name="Config">The same as <paramref name="Resolved"/>.</param>
/// <param name="Hash">SHA-256 of <paramref name="Raw"/>, lower-case hex.</param>
public sealed record ConfigGetResult(
    string Path, bool Exists, string Raw, JsonElement Parsed, JsonElement Resolved, bool Valid, JsonElement Config, string Hash,
    ImmutableArray<ConfigIssue> Issues, ImmutableArray<ConfigIssue> Warnings)
{
    public const string Method = "config.get";
}

/// <param name="Path">Dotted key; empty for the file itself.</param>
public sealed record ConfigIssue(string Path, string Message);

/// <summary>Parameters of methods that take none but must be one object.</summary>
public sealed record NoParams;

/// <summary>Method <c>logs.tail</c>: the daemon's own log, from the cursor on, or its end.</summary>
/// <param name="Cursor">In bytes, as the answer before gave it.</param>
/// <param name="Limit">Lines, 1 to 5000; 500 by default.</param>
/// <param name="MaxBytes">1 to 1,000,000; 250,000 by default.</param>
public sealed record LogsTailParams(long? Cursor = null, int? Limit = null, int? MaxBytes = null)
{
    public const string Method = "logs.tail";
    public const int MostLines = 5000;
    public const int MostBytes = 1_000_000;
    public const int UsualLines = 500;
    public const int UsualBytes = 250_000;
}

/// <param name="Cursor">Where to go on.</param>
/// <param name="Size">Of the file, in bytes.</param>
/// <param name="Truncated">True: lines before the first of these were left out.</param>
/// <param name="Reset">True: the cursor was of a file that is not there any more.</param>
/// <param name="SkippedBytes">Between the cursor and the first of these lines.</param>
public sealed record LogsTailResult(
    string File, long Cursor, long Size, ImmutableArray<string> Lines, bool? Truncated = null, bool? Reset = null, long? SkippedBytes = null);

/// <summary>Method <c>agents.list</c>: those that are configured.</summary>
/// <param name="DefaultId">Of the first; <c>main</c> where there is none.</param>
/// <param name="MainKey">The last part of the key of an agent's main conversation.</param>
/// <param name="Scope">per-sender: conversations go by their keys.</param>
public sealed record AgentsListResult(string DefaultId, string MainKey, string Scope, ImmutableArray<AgentRow> Agents)
{
    public const string Method = "agents.list";
    public const string PerSender = "per-sender";
}

/// <param name="Model">Left out: its runtime does not say.</param>
public sealed record AgentRow(string Id, string? Name = null, AgentModel? Model = null);

public sealed record AgentModel(string Primary);

/// <summary>Method <c>models.list</c>: the models that configured agents name. What providers would offer beside them is not asked, whatever the view.</summary>
/// <param name="AgentId">Of this agent alone.</param>
/// <param name="View">default, configured, provider-config or all.</param>
public sealed record ModelsListParams(string? AgentId = null, bool? IncludeProviderCapabilities = null, bool? PreparedOnly = null, bool? Refresh = null, string? View = null)
{
    public const string Method = "models.list";

    /// <summary>What <c>view</c> may say.</summary>
    public static readonly string[] Views = ["default", "configured", "provider-config", "all"];
}

public sealed record ModelsListResult(ImmutableArray<ModelRow> Models);

/// <param name="Provider">The runtime of the agents that name it.</param>
public sealed record ModelRow(string Id, string Name, string Provider);

/// <summary>Method <c>last-heartbeat</c>: none has been.</summary>
public static class LastHeartbeat
{
    public const string Method = "last-heartbeat";
}
