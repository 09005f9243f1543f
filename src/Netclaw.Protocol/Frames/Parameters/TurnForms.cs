using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary><c>chat.*</c>, <c>agent</c>, <c>agent.wait</c> and <c>wake</c>. As the published schema has them.</summary>
internal static class TurnForms
{
    private static readonly ParamRule Provenance = Closed(
        Must("kind", OneOf("external_user", "inter_session", "internal_system")), May("originSessionId", FreeText), May("sourceSessionKey", FreeText),
        May("sourceChannel", FreeText), May("sourceTool", FreeText));

    private static readonly ParamRule Events = ListOf(Closed(
        Must("type", OneOf("task_completion")), Must("source", OneOf("subagent", "cron", "image_generation", "video_generation", "music_generation")),
        Must("childSessionKey", FreeText), May("childSessionId", FreeText), Must("announceType", FreeText), Must("taskLabel", FreeText),
        Must("status", OneOf("ok", "timeout", "error", "unknown")), Must("statusLabel", FreeText), Must("result", FreeText), May("modelRouteChange", FreeText),
        May("attachments", ListOf(Closed(
            May("type", OneOf("image", "audio", "video", "file")), May("path", FreeText), May("url", FreeText), May("mediaUrl", FreeText),
            May("filePath", FreeText), May("mimeType", FreeText), May("name", FreeText), May("sizeBytes", Number), May("durationMs", Number),
            May("width", Number), May("height", Number)))),
        May("mediaUrls", ListOf(FreeText)), May("statsLine", FreeText), Must("replyInstruction", FreeText)));

    internal static readonly KeyValuePair<string, ParamRule>[] All =
    [
        new("chat.history", Closed(
            Must("sessionKey", Text), May("agentId", Text), May("cursor", FreeText), May("limit", Whole(1, 1000)), May("offset", Whole(0)),
            May("pendingBefore", Whole(1)), May("inputRunIds", SetOf(UpTo(256), 1, 50)), May("messageId", Text),
            May("sessionId", Text), May("maxChars", Whole(1, 500_000)))),
        new("chat.send", Closed(
            Must("sessionKey", UpTo(512)), May("agentId", Text), May("sessionId", Text), Must("message", FreeText),
            May("intent", Unserved(Closed(Must("kind", OneOf("session-goal-start")), Must("version", Exactly(1)), Must("issuedAtMs", Whole(0))))),
            May("thinking", FreeText), May("fastMode", Either(Flag, OneOf("auto"))), May("fastAutoOnSeconds", Whole(1)),
            May("queueMode", OneOf("steer", "followup", "collect", "interrupt")), May("deliver", Flag), May("originatingChannel", FreeText),
            May("originatingTo", FreeText), May("originatingAccountId", FreeText), May("originatingThreadId", FreeText), May("replyToId", Unserved(Text)),
            May("attachments", Unserved(SessionForms.Attachments)), May("toolBindings", Unserved(MapOf(Anything, most: 16))), May("timeoutMs", Whole(0)),
            May("systemInputProvenance", Provenance), May("systemProvenanceReceipt", FreeText), May("suppressCommandInterpretation", Flag),
            May("expectedLeafEntryId", Unserved(OrNull(Text))), May("expectedSessionRoutingContract", Unserved(Text)),
            May("expectedPermissionMode", Unserved(OrNull(SessionForms.PermissionMode))), May("expectedToolOverrides", Unserved(OrNull(SessionForms.ToolOverrides))),
            Must("idempotencyKey", Text))),
        new("chat.abort", Closed(Must("sessionKey", Text), May("agentId", Text), May("runId", Text), May("preserveSideRuns", Flag))),
        new("chat.inject", Closed(Must("sessionKey", Text), May("agentId", Text), Must("message", Text), May("label", UpTo(100, least: 0)))),
        new("agent", Closed(
            Must("message", Text), May("agentId", Text), May("provider", Unserved(FreeText)), May("model", Unserved(FreeText)), May("to", FreeText),
            May("replyTo", FreeText), May("sessionId", FreeText), May("sessionKey", FreeText), May("expectedExistingSessionId", Unserved(Text)),
            May("thinking", FreeText), May("deliver", Flag), May("attachments", Unserved(ListOf(Anything))), May("channel", FreeText),
            May("replyChannel", FreeText), May("accountId", FreeText), May("replyAccountId", FreeText), May("threadId", FreeText), May("groupId", FreeText),
            May("groupChannel", FreeText), May("groupSpace", FreeText), May("timeout", Whole(0)), May("bestEffortDeliver", Flag), May("lane", FreeText),
            May("cwd", Unserved(Text)), May("cleanupBundleMcpOnRunEnd", Flag), May("modelRun", Unserved(Flag)), May("promptMode", OneOf("full", "minimal", "none")),
            May("extraSystemPrompt", Unserved(FreeText)), May("bootstrapContextMode", OneOf("full", "lightweight")),
            May("bootstrapContextRunKind", OneOf("default", "heartbeat", "cron")), May("acpTurnSource", OneOf("manual_spawn")),
            May("internalRuntimeHandoffId", Unserved(Text)), May("internalExecutionIdentityRetry", Flag), May("internalExecutionIdentityRecoveryAttempt", Whole(1)),
            May("execApprovalFollowupExpectedSessionId", Unserved(Text)), May("internalEvents", Unserved(Events)), May("inputProvenance", Provenance),
            May("suppressPromptPersistence", Flag), May("sessionEffects", OneOf("visible", "internal")),
            May("sourceReplyDeliveryMode", OneOf("automatic", "message_tool_only")), May("disableMessageTool", Flag), May("swarmCollector", Unserved(Flag)),
            May("swarmOutputSchema", Unserved(MapOf(Anything))), May("forceRestartSafeTools", Flag), May("forceCodeModeTools", Flag),
            May("voiceWakeTrigger", FreeText), Must("idempotencyKey", Text), May("label", UpTo(512)))),
        new("agent.wait", Closed(Must("runId", Text), May("timeoutMs", Whole(0)))),
        new("wake", Open(Must("mode", OneOf("now", "next-heartbeat")), Must("text", Text), May("sessionKey", Text), May("agentId", Text))),
    ];
}
