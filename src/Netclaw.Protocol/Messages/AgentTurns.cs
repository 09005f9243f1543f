using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// Method <c>agent</c>: one turn, answered twice to the same id on the gateway WebSocket: accepted, then how it ended. On other transports the first answer is left out.
/// </summary>
public sealed record AgentParams(string Message, string IdempotencyKey)
{
    public const string Method = "agent";

    public string? AgentId { get; init; }
    public string? SessionKey { get; init; }

    /// <summary>A transcript's name, instead of the key.</summary>
    public string? SessionId { get; init; }

    /// <summary>Seconds; 0: as long as a turn may last; left out: ten minutes.</summary>
    public long? Timeout { get; init; }
}

/// <param name="Status">accepted; then ok, error, timeout or aborted.</param>
public sealed record AgentResult(string RunId, string Status)
{
    public const string Accepted = "accepted";
    public const string Ok = "ok";
    public const string Error = "error";
    public const string TimedOut = "timeout";
    public const string Aborted = "aborted";

    public string? SessionKey { get; init; }

    /// <summary>Unix ms; of the first answer.</summary>
    public long? AcceptedAt { get; init; }

    /// <summary>One word or sentence for people.</summary>
    public string? Summary { get; init; }

    public AgentAnswer? Result { get; init; }
    public string? ErrorMessage { get; init; }
}

public sealed record AgentAnswer(ImmutableArray<AgentPayload> Payloads, AgentMeta Meta);

public sealed record AgentPayload(string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? MediaUrl = null);

/// <param name="DurationMs">From accepted to the end.</param>
public sealed record AgentMeta(long DurationMs, string? StopReason = null);

/// <summary>Method <c>agent.wait</c>: how a turn ended, when it has.</summary>
public sealed record AgentWaitParams(string RunId)
{
    public const string Method = "agent.wait";
    public const long DefaultTimeoutMs = 30_000;
    public const long LongestTimeoutMs = 86_400_000;

    public long? TimeoutMs { get; init; }
}

/// <param name="Status">ok, error, or timeout: it has not ended yet, or nobody knows of it.</param>
public sealed record AgentWaitResult(string RunId, string Status)
{
    public long? EndedAt { get; init; }

    [JsonPropertyName("error")]
    public string? Problem { get; init; }
}

/// <summary>Event <c>agent</c>: what an agent does (<c>AgentEvent</c> of the published schema).</summary>
/// <param name="Seq">Of the run's events, chat and agent together, from 1.</param>
/// <param name="Stream">lifecycle, tool or run_status.</param>
/// <param name="Ts">Unix ms.</param>
public sealed record AgentEvent(string RunId, long Seq, string Stream, long Ts, AgentEventData Data)
{
    public const string EventName = "agent";
    public const string Lifecycle = "lifecycle";
    public const string Tool = "tool";
    public const string RunStatus = "run_status";
}

/// <summary>Times are Unix ms.</summary>
public sealed record AgentEventData
{
    /// <summary>lifecycle: start, end or error; tool: start or result; run_status: what the agent says it does.</summary>
    public string? Phase { get; init; }

    public string? SessionKey { get; init; }
    public long? StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public bool? Aborted { get; init; }
    public string? Error { get; init; }

    /// <summary>Of the tool.</summary>
    public string? Name { get; init; }

    public string? ToolCallId { get; init; }
    public JsonElement? Args { get; init; }
    public bool? IsError { get; init; }

    /// <summary>The beginning of what the tool answered.</summary>
    public string? Text { get; init; }
}
