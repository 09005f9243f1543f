using System.Text.Json;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>Scheduled jobs.</summary>
internal static class CronSamples
{
    private const long Ts = 1_760_000_000_000;
    private static readonly CronJobId Id = CronJobId.TryParse("job_0123456789abcdef", out var id) ? id : default;
    private static readonly CronPolicySpec Policy = new() { CatchUp = "all", CatchUpMost = 5, Overlap = "queue", Retries = 2, RetryBackoffMs = 1000, RetryLost = true, DisableAfter = 3 };
    private static readonly CronScheduleSpec Every = new("every") { EveryMs = 60_000, AnchorMs = Ts };
    private static readonly CronPayloadSpec Command = new("command") { Argv = ["/bin/true"], Cwd = "/", TimeoutSeconds = 1.5 };
    private static readonly CronDeliverySpec Webhook = new("webhook") { To = "https://example.org/hook", Channel = "last", BestEffort = true };

    private static readonly CronJobSpec Spec = new("tidy", Every, "main", "now", Command)
    {
        DisplayName = "Tidy", AgentId = "main", SessionKey = "agent:main:main", Description = "tidies", Enabled = true, DeleteAfterRun = false, Delivery = Webhook,
        FailureAlert = JsonDocument.Parse("false").RootElement, Policy = Policy, Scopes = ScopeSet.ReadWrite,
    };

    private static readonly CronJob Job = new(Id, "tidy", true, Ts, Ts, "1", Every, "main", "now", Command, new CronJobState
    {
        NextRunAtMs = Ts, RunningAtMs = Ts, LastRunAtMs = Ts, LastRunStatus = "ok", LastError = "none", LastDurationMs = 1, ConsecutiveErrors = 0,
        AutoDisabled = new CronAutoDisabled("consecutive-failures", Ts, 10), LastDeliveryStatus = "delivered", LastDeliveryError = "none",
    })
    {
        DisplayName = "Tidy", AgentId = "main", SessionKey = "agent:main:main", Description = "tidies", DeleteAfterRun = false, Delivery = Webhook, NextRunAtMs = Ts, LastRunAtMs = Ts, LastRunStatus = "ok",
        LastRunError = "none", Netclaw = new CronJobExtras("control:uid=1000", [Ts]) { Policy = Policy, Scopes = ScopeSet.ReadWrite, Problem = "none" },
    };

    private static readonly CronJob LeastJob = new(
        Id, "tea", true, Ts, Ts, "1", new CronScheduleSpec("cron") { Expr = "0 9 * * *", Tz = "UTC", StaggerMs = 1000 }, "isolated", "now", new CronPayloadSpec("systemEvent") { Text = "tea" }, new CronJobState());

    private static readonly CronRunEntry Entry = new(Ts, Id, "finished", "error", "failed")
    {
        Problem = "it failed", Summary = "what it said", SessionKey = "agent:main:main", RunId = $"{Id}-1", RunAtMs = Ts, DurationMs = 1, NextRunAtMs = Ts, Delivered = false, DeliveryStatus = "not-delivered",
        DeliveryError = "nobody took it", JobName = "tidy",
    };

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("CronJobSpec", Spec),
        ("CronJobSpec.least", new CronJobSpec("tea", new CronScheduleSpec("at") { At = "2030-01-01T00:00:00Z" }, "main", "now", new CronPayloadSpec("agentTurn") { Message = "tea?" })),
        ("CronJobSpec.exit", new CronJobSpec("log", new CronScheduleSpec("on-exit") { Command = "sleep 1", Cwd = "/" }, "main", "now", new CronPayloadSpec("systemEvent") { Text = "it ended" })),
        ("CronJob", Job),
        ("CronJob.least", LeastJob),
        ("CronListParams", new CronListParams
        {
            IncludeDisabled = true, Limit = 10, Offset = 1, Query = "t", Enabled = "all", ScheduleKind = "cron", LastRunStatus = "ok", Trigger = "all", SortBy = "name", SortDir = "asc", AgentId = "main",
            Compact = true, IncludeDeliveryPreviews = false,
        }),
        ("CronListParams.least", new CronListParams()),
        ("CronListResult", new CronListResult([LeastJob], "7", 2, 0, 1, true, 1)),
        ("CronListResult.least", new CronListResult([], "0", 0, 0, 200, false, null)),
        ("CronJobParams", new CronJobParams { Id = Id.ToString() }),
        ("CronJobParams.other", new CronJobParams { JobId = Id.ToString() }),
        ("CronUpdateParams", new CronUpdateParams(JsonDocument.Parse("""{"enabled":false}""").RootElement) { Id = Id.ToString(), ExpectedConfigRevision = "1" }),
        ("CronUpdateParams.other", new CronUpdateParams(JsonDocument.Parse("{}").RootElement) { JobId = Id.ToString() }),
        ("CronRemoveResult", new CronRemoveResult(true, true)),
        ("CronRunParams", new CronRunParams { Id = Id.ToString(), Mode = "due", ExpectedProcessInstanceId = "p" }),
        ("CronRunParams.other", new CronRunParams { JobId = Id.ToString() }),
        ("CronRunResult", new CronRunResult(true, true, "p") { RunId = $"{Id}-1" }),
        ("CronRunResult.not", new CronRunResult(true, false, "p", "not-due")),
        ("CronRunsParams", new CronRunsParams
        {
            AgentId = "main", Scope = "job", Id = Id.ToString(), RunId = $"{Id}-1", Limit = 10, Offset = 1, Statuses = ["ok"], Status = "ok", DeliveryStatuses = ["delivered"], DeliveryStatus = "delivered", Query = "t",
            SortDir = "desc",
        }),
        ("CronRunsParams.other", new CronRunsParams { JobId = Id.ToString() }),
        ("CronRunsResult", new CronRunsResult([Entry, new CronRunEntry(Ts, Id, "finished", "ok", "succeeded")], 3, 0, 2, true, 2)),
        ("CronRunsResult.least", new CronRunsResult([], 0, 0, 50, false, null)),
        ("CronStatusResult", new CronStatusResult(true, "journal", 1, Ts, 1)),
        ("CronStatusResult.least", new CronStatusResult(true, "journal", 0, null, 0)),
        ("CronJobEvent", new CronJobEvent(Id, "finished") { Job = LeastJob, RunId = $"{Id}-1", RunAtMs = Ts, NextRunAtMs = Ts, Status = "error", Error = "it failed", DurationMs = 1 }),
        ("CronJobEvent.least", new CronJobEvent(Id, "removed")),
        ("WakeParams", new WakeParams("now", "tea is ready") { SessionKey = "agent:main:main", AgentId = "main" }),
        ("WakeParams.least", new WakeParams("next-heartbeat", "tea is ready")),
        ("WakeResult", new WakeResult(true)),
    ];
}
