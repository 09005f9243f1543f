using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary><c>cron.*</c>. As the published schema has them; what a job holds is in <see cref="CronJobForms"/>.</summary>
internal static class CronForms
{
    private static readonly ParamRule Id = Text;
    private static readonly ParamRule Mode = OneOf("due", "force", "if-enabled");
    private static readonly ParamRule Deliveries = OneOf("delivered", "not-delivered", "unknown", "not-requested");

    internal static readonly KeyValuePair<string, ParamRule>[] All =
    [
        new("cron.list", Closed(
            May("includeDisabled", Flag), May("limit", Whole(1, 200)), May("offset", Whole(0)), May("query", FreeText), May("enabled", OneOf("all", "enabled", "disabled")),
            May("scheduleKind", OneOf("all", "at", "every", "cron", "on-exit", "stream")), May("lastRunStatus", OneOf("all", "ok", "error", "skipped", "unknown")),
            May("trigger", OneOf("all", "conditional", "unconditional")), May("sortBy", OneOf("nextRunAtMs", "updatedAtMs", "name")), May("sortDir", OneOf("asc", "desc")),
            May("agentId", Text), May("compact", Flag), May("includeDeliveryPreviews", Flag))),
        new("cron.status", Closed()),
        new("cron.get", OfJob()),
        new("cron.remove", OfJob()),
        new("cron.run", OfJob(May("mode", Mode), May("expectedProcessInstanceId", Text))),
        new("cron.runs", Closed(
            May("agentId", Text), May("scope", OneOf("job", "all")), May("id", Like(@"^[^/\\]+$", 1)), May("jobId", Like(@"^[^/\\]+$", 1)), May("runId", Text),
            May("limit", Whole(1, 200)), May("offset", Whole(0)), May("statuses", ListOf(OneOf("ok", "error", "skipped"), 1, 3)), May("status", OneOf("all", "ok", "error", "skipped")),
            May("deliveryStatuses", ListOf(Deliveries, 1, 4)), May("deliveryStatus", Deliveries), May("query", FreeText), May("sortDir", OneOf("asc", "desc")))),
        new("cron.add", CronJobForms.New),
        new("cron.update", OfJob(Must("patch", CronJobForms.Patch), May("expectedConfigRevision", UpTo(128)))),
    ];

    /// <summary>The job is named in one of two ways.</summary>
    private static ParamRule OfJob(params ParamMember[] more) => Either(Closed([Must("id", Id), .. more]), Closed([Must("jobId", Id), .. more]));
}
