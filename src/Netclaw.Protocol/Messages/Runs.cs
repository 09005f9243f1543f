using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>
/// Method <c>runs.spawn</c>: starts something and answers before it has begun. Either an agent's turn in a conversation of its own, or a program of the daemon's machine. Its end is told to the
/// conversation that asked, once. Netclaw's own; agents know it as the tool <c>sessions_spawn</c>.
/// </summary>
/// <param name="Runtime">subagent (any agent), acp (an agent that is a program) or command (a program; takes admin).</param>
public sealed record RunsSpawnParams(string Runtime)
{
    public const string Method = "runs.spawn";
    public const string Subagent = "subagent";
    public const string Acp = "acp";
    public const string Command = "command";
    public const string Delete = "delete";
    public const string Keep = "keep";
    public const int LongestLabel = 64;
    public const int LongestTask = 64 * 1024;
    public const int MostArguments = 256;
    public const int MostArgumentCharacters = 32 * 1024;

    /// <summary>What the agent is to do; with subagent and acp.</summary>
    public string? Task { get; init; }

    /// <summary>Left out: the default agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>The program and its arguments; with command.</summary>
    public ImmutableArray<string>? Argv { get; init; }

    /// <summary>Inside spawn.roots; left out: the home directory of whom the daemon runs as.</summary>
    public string? Cwd { get; init; }

    /// <summary>One line for people.</summary>
    public string? Label { get; init; }

    /// <summary>Left out: spawn.timeoutSeconds.</summary>
    public int? RunTimeoutSeconds { get; init; }

    /// <summary>keep (default) or delete: what becomes of the agent's conversation once its end was announced.</summary>
    public string? Cleanup { get; init; }

    /// <summary>What it may do at this gateway; left out: read and write, as far as the caller has them. Never more than the caller.</summary>
    public ScopeSet? Scopes { get; init; }

    /// <summary>The conversation that is told of its end. Left out: that of the calling run, or none.</summary>
    public string? ParentSessionKey { get; init; }
}

/// <param name="Status">accepted.</param>
/// <param name="Position">0: it runs; otherwise its place among those that wait.</param>
public sealed record RunsSpawnResult(string Status, RunId RunId, int Position)
{
    /// <summary>The agent's conversation; left out for programs.</summary>
    public ConversationKey? ChildSessionKey { get; init; }
}

/// <summary>One run. Also the event <c>runs.changed</c>, then without output.</summary>
/// <param name="Runtime">subagent, acp or command.</param>
/// <param name="Status">queued, running, done, failed, timed_out, cancelled or lost.</param>
/// <param name="Depth">1: a client or a conversation started it.</param>
/// <param name="CreatedAtMs">Unix ms.</param>
public sealed record RunRow(RunId RunId, string Runtime, string Status, int Depth, string StartedBy, long CreatedAtMs)
{
    public const string EventName = "runs.changed";

    public string? Label { get; init; }
    public RunId? ParentRunId { get; init; }
    public ConversationKey? ParentSessionKey { get; init; }
    public ConversationKey? ChildSessionKey { get; init; }

    /// <summary>Of a program, without its arguments, which may hold what is not for everybody.</summary>
    public string? Program { get; init; }

    /// <summary>Among those that wait; left out for others.</summary>
    public int? Position { get; init; }

    /// <summary>Unix ms.</summary>
    public long? StartedAtMs { get; init; }

    /// <summary>Unix ms.</summary>
    public long? EndedAtMs { get; init; }
    public int? ExitCode { get; init; }

    /// <summary>For people: why it ended as it did.</summary>
    public string? Problem { get; init; }

    /// <summary>What it wrote or answered; in <c>runs.get</c> and <c>runs.wait</c> alone.</summary>
    public string? Output { get; init; }
}

/// <summary>Method <c>runs.list</c>: the latest first. A run sees itself and what it started.</summary>
public sealed record RunsListParams
{
    public const string Method = "runs.list";
    public const int Most = 200;

    /// <summary>Those that wait or run alone.</summary>
    public bool? Active { get; init; }

    /// <summary>1 to <see cref="Most"/>; left out: 50.</summary>
    public int? Limit { get; init; }

    /// <summary>How many of the latest to leave out. What is started between two pages moves the others on: the next page may begin with what ended this one.</summary>
    public int? Offset { get; init; }
}

public sealed record RunsListResult(ImmutableArray<RunRow> Runs)
{
    /// <summary>On all pages.</summary>
    public int? Total { get; init; }

    /// <summary>Of the next page; left out on the last one.</summary>
    public int? NextOffset { get; init; }
}

/// <summary>Method <c>runs.get</c>.</summary>
public sealed record RunsGetParams(RunId RunId)
{
    public const string Method = "runs.get";
}

/// <summary>Method <c>runs.wait</c>: answered when the run is over, or when the time is, with the run as it is then.</summary>
public sealed record RunsWaitParams(RunId RunId)
{
    public const string Method = "runs.wait";
    public const int LongestMs = 600_000;

    /// <summary>Left out: 30 seconds.</summary>
    public int? TimeoutMs { get; init; }
}

/// <summary>Method <c>runs.cancel</c>: ends a run and all that it started. A run may cancel what it started, not itself.</summary>
public sealed record RunsCancelParams(RunId RunId)
{
    public const string Method = "runs.cancel";
}

/// <param name="Cancelled">Those that were alive, the named one first.</param>
public sealed record RunsCancelResult(ImmutableArray<RunId> Cancelled);
