using Netclaw.Actors.Cron;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What parameters of <c>cron.*</c> must be beyond their form; null: nothing is wrong. Pure.</summary>
internal static class CronParamRules
{
    private const string Offset = "at $.offset: 0 or more";

    public static string? OneId(string? id, string? jobId) => (id, jobId) switch
    {
        ({ Length: > 0 }, null) or (null, { Length: > 0 }) => null,
        _ => "at $.id: the job's id, and no jobId beside it",
    };

    public static string? Problem(CronListParams given) => given switch
    {
        { Limit: < 1 or > CronListParams.Most } => $"at $.limit: 1 to {CronListParams.Most}",
        { Offset: < 0 } => Offset,
        { Enabled: not (null or "all" or "enabled" or "disabled") } => "at $.enabled: all, enabled or disabled",
        { ScheduleKind: not (null or "all" or "at" or "every" or "cron" or "on-exit" or "stream") } => "at $.scheduleKind: all, at, every, cron or on-exit",
        { LastRunStatus: not (null or "all" or "ok" or "error" or "skipped" or "unknown") } => "at $.lastRunStatus: all, ok, error, skipped or unknown",
        { Trigger: not (null or "all" or "conditional" or "unconditional") } => "at $.trigger: all, conditional or unconditional",
        { SortBy: not (null or "nextRunAtMs" or "updatedAtMs" or "name") } => "at $.sortBy: nextRunAtMs, updatedAtMs or name",
        { SortDir: not (null or "asc" or "desc") } => "at $.sortDir: asc or desc",
        { AgentId: "" } => "at $.agentId: not empty",
        _ => null,
    };

    public static string? Problem(CronRunsParams given) => given switch
    {
        { Limit: < 1 or > CronRunsParams.Most } => $"at $.limit: 1 to {CronRunsParams.Most}",
        { Offset: < 0 } => Offset,
        { Id: "" } or { JobId: "" } or { RunId: "" } or { AgentId: "" } => "at $.id: not empty",
        { Id: not null, JobId: not null } => OneId(given.Id, given.JobId),
        { Scope: "job", Id: null, JobId: null } => "at $.id: scope job takes a job's id",
        { Scope: not (null or "job" or "all") } => "at $.scope: job or all",
        { Status: not (null or "all" or "ok" or "error" or "skipped") } => "at $.status: all, ok, error or skipped",
        { SortDir: not (null or "asc" or "desc") } => "at $.sortDir: asc or desc",
        _ => null,
    };

    public static string? Problem(CronUpdateParams given) =>
        OneId(given.Id, given.JobId) ?? (given.Patch.ValueKind == System.Text.Json.JsonValueKind.Object ? null : "at $.patch: an object with what is to change");

    public static string? Problem(CronRunParams given) => OneId(given.Id, given.JobId) ?? given switch
    {
        { Mode: not (null or CronRunParams.Due or CronRunParams.Force or CronRunParams.IfEnabled) } => "at $.mode: due, force or if-enabled",
        _ => null,
    };

    public static string? Problem(WakeParams given) => given switch
    {
        { Mode: not (CronJobSpec.Now or CronJobSpec.NextHeartbeat) } => "at $.mode: now or next-heartbeat",
        { Text: "" } => "at $.text: not empty",
        { SessionKey: { } key } when !CronPlaces.IsKey(key) => "at $.sessionKey: it names no conversation, such as agent:main:main",
        { AgentId: { } agent } when !ConversationKey.TryParse($"agent:{agent}:main", out _) => "at $.agentId: lower case letters, digits, . _ -",
        _ => null,
    };
}
