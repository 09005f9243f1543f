using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary>Where a job stands, as a change could set it. As the published schema has it; here only runs change it.</summary>
internal static class CronStateForm
{
    private const double LatestMs = 8_640_000_000_000_000;
    private static readonly ParamRule Moment = Whole(0, LatestMs);
    private static readonly ParamRule Count = Whole(0);
    private static readonly ParamRule Status = OneOf("ok", "error", "skipped");
    private static readonly ParamRule Delivery = OneOf("delivered", "not-delivered", "unknown", "not-requested");

    public static readonly ParamRule Rule = Closed(
        May("nextRunAtMs", Moment), May("runningAtMs", Moment), May("lastRunAtMs", Moment), May("lastRunStatus", Status), May("lastStatus", Status), May("lastError", FreeText),
        May("lastErrorReason", OneOf(
            "auth", "auth_permanent", "format", "rate_limit", "overloaded", "billing", "server_error", "timeout", "tls_certificate", "context_overflow", "model_not_found",
            "session_expired", "empty_response", "no_error_details", "unclassified", "unknown")),
        May("lastDurationMs", Count), May("consecutiveErrors", Count), May("consecutiveSkipped", Count), May("lastDelivered", Flag), May("lastDeliveryStatus", Delivery),
        May("lastDeliveryError", FreeText), May("lastFailureNotificationDelivered", Flag), May("lastFailureNotificationDeliveryStatus", Delivery),
        May("lastFailureNotificationDeliveryError", FreeText), May("lastFailureAlertAtMs", Moment), May("lastTriggerEvalAtMs", Moment), May("triggerEvalCount", Count),
        May("lastTriggerFireAtMs", Moment), May("triggerState", Anything), May("streamStatus", OneOf("starting", "running", "restarting", "stopped", "disabled", "error")),
        May("streamError", FreeText), May("streamConsecutiveFailures", Count), May("streamRestartExhausted", Flag), May("streamDroppedBatches", Count),
        May("streamCoalescedBatches", Count), May("streamLastStartedAtMs", Moment), May("streamLastExitAtMs", Moment));
}
