using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One job, as methods and events show it. All times are Unix ms.</summary>
/// <param name="ConfigRevision">Another one after every change of the definition.</param>
public sealed record CronJob(
    CronJobId Id, string Name, bool Enabled, long CreatedAtMs, long UpdatedAtMs, string ConfigRevision, CronScheduleSpec Schedule, string SessionTarget, string WakeMode,
    CronPayloadSpec Payload, CronJobState State)
{
    public string? DisplayName { get; init; }
    public string? AgentId { get; init; }
    public string? SessionKey { get; init; }
    public string? Description { get; init; }
    public bool? DeleteAfterRun { get; init; }
    public CronDeliverySpec? Delivery { get; init; }
    public long? NextRunAtMs { get; init; }
    public long? LastRunAtMs { get; init; }

    /// <summary><c>ok</c>, <c>error</c> or <c>skipped</c>.</summary>
    public string? LastRunStatus { get; init; }
    public string? LastRunError { get; init; }

    /// <summary>Netclaw's own: what the protocol has no word for.</summary>
    public CronJobExtras? Netclaw { get; init; }
}

/// <param name="Owner">Whoever added it, as audit records name them; their scopes bound what it may do.</param>
/// <param name="NextRunsAtMs">The next three times.</param>
public sealed record CronJobExtras(string Owner, ImmutableArray<long> NextRunsAtMs)
{
    public CronPolicySpec? Policy { get; init; }

    /// <summary>What its command may do at the gateway; null: read and write.</summary>
    public ScopeSet? Scopes { get; init; }

    /// <summary>Why it cannot run on its schedule, for people.</summary>
    public string? Problem { get; init; }
}

public sealed record CronJobState
{
    public long? NextRunAtMs { get; init; }
    public long? RunningAtMs { get; init; }
    public long? LastRunAtMs { get; init; }
    public string? LastRunStatus { get; init; }
    public string? LastError { get; init; }
    public long? LastDurationMs { get; init; }
    public int? ConsecutiveErrors { get; init; }
    public CronAutoDisabled? AutoDisabled { get; init; }
    public string? LastDeliveryStatus { get; init; }
    public string? LastDeliveryError { get; init; }
}

/// <param name="Reason"><c>consecutive-failures</c> or <c>schedule-errors</c>.</param>
public sealed record CronAutoDisabled(string Reason, long AtMs, int ConsecutiveErrors)
{
    public const string Failures = "consecutive-failures";
    public const string Schedule = "schedule-errors";
}

/// <summary>Method <c>cron.list</c>.</summary>
public sealed record CronListParams
{
    public const string Method = "cron.list";
    public const int Most = 200;

    /// <summary>Left out: false.</summary>
    public bool? IncludeDisabled { get; init; }

    /// <summary>1 to <see cref="Most"/>; left out: <see cref="Most"/>.</summary>
    public int? Limit { get; init; }
    public int? Offset { get; init; }

    /// <summary>A part of the name, the description or the id.</summary>
    public string? Query { get; init; }

    /// <summary><c>all</c>, <c>enabled</c> or <c>disabled</c>; goes before <see cref="IncludeDisabled"/>.</summary>
    public string? Enabled { get; init; }
    public string? ScheduleKind { get; init; }
    public string? LastRunStatus { get; init; }
    public string? Trigger { get; init; }

    /// <summary><c>nextRunAtMs</c> (default), <c>updatedAtMs</c> or <c>name</c>.</summary>
    public string? SortBy { get; init; }

    /// <summary><c>asc</c> (default) or <c>desc</c>.</summary>
    public string? SortDir { get; init; }
    public string? AgentId { get; init; }
    public bool? Compact { get; init; }
    public bool? IncludeDeliveryPreviews { get; init; }
}

/// <param name="SnapshotRevision">The same as long as nothing about any job changes.</param>
/// <param name="NextOffset">Null on the last page; always written.</param>
public sealed record CronListResult(
    ImmutableArray<CronJob> Jobs, string SnapshotRevision, int Total, int Offset, int Limit, bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? NextOffset);

/// <summary>Names one job: methods <c>cron.get</c> and <c>cron.remove</c>. One of the two members.</summary>
public sealed record CronJobParams
{
    public const string GetMethod = "cron.get";
    public const string RemoveMethod = "cron.remove";

    public string? Id { get; init; }
    public string? JobId { get; init; }
}

/// <summary>Method <c>cron.update</c>: the job becomes what <see cref="Patch"/> makes of it (RFC 7396; another kind of schedule, payload or delivery replaces the former).</summary>
public sealed record CronUpdateParams(JsonElement Patch)
{
    public const string Method = "cron.update";

    public string? Id { get; init; }
    public string? JobId { get; init; }

    /// <summary>Refused when the job's is another by now.</summary>
    public string? ExpectedConfigRevision { get; init; }
}

public sealed record CronRemoveResult(bool Ok, bool Removed);

/// <summary>Method <c>cron.run</c>.</summary>
public sealed record CronRunParams
{
    public const string Method = "cron.run";
    public const string Due = "due";
    public const string Force = "force";
    public const string IfEnabled = "if-enabled";

    public string? Id { get; init; }
    public string? JobId { get; init; }

    /// <summary><c>force</c> (default), <c>due</c> or <c>if-enabled</c>.</summary>
    public string? Mode { get; init; }
    public string? ExpectedProcessInstanceId { get; init; }
}

/// <param name="Enqueued">A run has begun.</param>
/// <param name="Reason">Why not: <c>already-running</c>, <c>not-due</c>, <c>disabled</c>.</param>
public sealed record CronRunResult(bool Ok, bool Enqueued, string ProcessInstanceId, string? Reason = null)
{
    /// <summary>Absent when none has begun.</summary>
    public string? RunId { get; init; }
}

/// <summary>Method <c>cron.runs</c>: what has ended, the latest first.</summary>
public sealed record CronRunsParams
{
    public const string Method = "cron.runs";
    public const int Most = 200;

    public string? AgentId { get; init; }

    /// <summary><c>job</c> or <c>all</c>.</summary>
    public string? Scope { get; init; }
    public string? Id { get; init; }
    public string? JobId { get; init; }
    public string? RunId { get; init; }

    /// <summary>1 to <see cref="Most"/>; left out: 50.</summary>
    public int? Limit { get; init; }
    public int? Offset { get; init; }
    public ImmutableArray<string>? Statuses { get; init; }
    public string? Status { get; init; }
    public ImmutableArray<string>? DeliveryStatuses { get; init; }
    public string? DeliveryStatus { get; init; }
    public string? Query { get; init; }
    public string? SortDir { get; init; }
}

/// <summary>One run that has ended, or times that were left out.</summary>
/// <param name="Action">Always <c>finished</c>.</param>
/// <param name="Status"><c>ok</c>, <c>error</c> or <c>skipped</c>.</param>
/// <param name="CompletionStatus"><c>succeeded</c>, <c>failed</c>, or <c>unknown</c> for what the daemon's end cut off.</param>
public sealed record CronRunEntry(long Ts, CronJobId JobId, string Action, string Status, string CompletionStatus)
{
    public const string Finished = "finished";
    public const string Ok = "ok";
    public const string Error = "error";
    public const string Skipped = "skipped";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Unknown = "unknown";

    [JsonPropertyName("error")]
    public string? Problem { get; init; }

    /// <summary>The end of what came of it.</summary>
    public string? Summary { get; init; }
    public string? SessionKey { get; init; }
    public string? RunId { get; init; }
    public long? RunAtMs { get; init; }
    public long? DurationMs { get; init; }
    public long? NextRunAtMs { get; init; }
    public bool? Delivered { get; init; }
    public string? DeliveryStatus { get; init; }
    public string? DeliveryError { get; init; }
    public string? JobName { get; init; }
}

public sealed record CronRunsResult(
    ImmutableArray<CronRunEntry> Entries, int Total, int Offset, int Limit, bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? NextOffset);

/// <summary>Method <c>cron.status</c>.</summary>
/// <param name="StorePath">Where jobs are kept: <c>journal</c>.</param>
/// <param name="NextWakeAtMs">Null when nothing is due ever; always written.</param>
public sealed record CronStatusResult(
    bool Enabled, string StorePath, int Jobs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? NextWakeAtMs, int Running)
{
    public const string Method = "cron.status";
}

/// <summary>Event <c>cron</c>.</summary>
/// <param name="Action"><c>added</c>, <c>updated</c>, <c>removed</c>, <c>started</c>, <c>finished</c>, <c>disabled</c>.</param>
public sealed record CronJobEvent(CronJobId JobId, string Action)
{
    public const string EventName = "cron";
    public const string Added = "added";
    public const string Updated = "updated";
    public const string Removed = "removed";
    public const string Started = "started";
    public const string Finished = "finished";
    public const string Disabled = "disabled";

    /// <summary>Absent of one that is gone.</summary>
    public CronJob? Job { get; init; }
    public string? RunId { get; init; }
    public long? RunAtMs { get; init; }
    public long? NextRunAtMs { get; init; }
    public string? Status { get; init; }
    public string? Error { get; init; }
    public long? DurationMs { get; init; }
}

/// <summary>Method <c>wake</c>: says something in a conversation at once.</summary>
/// <param name="Mode"><c>now</c> or <c>next-heartbeat</c>; both at once, as the gateway has no heartbeat.</param>
public sealed record WakeParams(string Mode, string Text)
{
    public const string Method = "wake";

    public string? SessionKey { get; init; }
    public string? AgentId { get; init; }
}

public sealed record WakeResult(bool Ok);
