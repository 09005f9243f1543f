using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary><c>sessions.*</c>. As the published schema has them.</summary>
internal static class SessionForms
{
    internal static readonly ParamRule Attachments = ListOf(Open(
        May("type", FreeText), May("mimeType", FreeText), May("fileName", FreeText), May("content", Anything), May("sizeBytes", Number),
        May("durationMs", Number), May("width", Number), May("height", Number)));

    internal static readonly ParamRule ToolOverrides = Closed(
        May("mcpServers", MapOf(Flag)), May("mcpToolsDeny", MapOf(ListOf(Text))), May("skills", MapOf(Flag)), May("webSearch", Flag));

    internal static readonly ParamRule PermissionMode = OneOf("read-only", "guarded", "workspace", "full");

    internal static readonly KeyValuePair<string, ParamRule>[] All =
    [
        new("sessions.list", Closed(
            May("limit", Whole(1)), May("offset", Whole(0)), May("activeMinutes", Whole(1)), May("requireLastInteraction", Flag),
            May("sortBy", OneOf("updatedAt", "lastInteractionAt")), May("includeGlobal", Flag), May("includeUnknown", Flag), May("configuredAgentsOnly", Flag),
            May("includeDerivedTitles", Flag), May("includeLastMessage", Flag), May("label", UpTo(512)), May("boardFace", Unserved(OneOf("chat", "dashboard"))),
            May("creatorId", Unserved(Text)), May("ownerId", Unserved(Text)), May("ownerFirst", Flag), May("involvingMe", Unserved(Flag)),
            May("involvingProfileId", Unserved(Text)), May("includePeople", Flag), May("spawnedBy", Unserved(Text)), May("agentId", Text), May("search", FreeText),
            May("archived", Either(Flag, OneOf("all"))))),
        new("sessions.describe", Closed(Must("key", Text), May("includeDerivedTitles", Flag), May("includeLastMessage", Flag))),
        new("sessions.resolve", Closed(
            May("key", Text), May("sessionId", Text), May("label", UpTo(512)), May("shortId", Text), May("slugHint", Text), May("agentId", Text),
            May("spawnedBy", Unserved(Text)), May("includeGlobal", Flag), May("includeUnknown", Flag), May("allowMissing", Flag))),
        new("sessions.preview", Closed(Must("keys", ListOf(Text, least: 1)), May("limit", Whole(1)), May("maxChars", Whole(20)))),
        new("sessions.create", Closed(
            May("key", Text), May("idempotencyKey", Text), May("agentId", Text), May("label", UpTo(512)), May("displayName", Unserved(UpTo(500))),
            May("category", Unserved(UpTo(512))), May("model", Unserved(Text)), May("contextWindow", Unserved(Text)), May("thinkingLevel", Text),
            May("fastMode", Either(Flag, OneOf("auto"))), May("permissionMode", Unserved(PermissionMode)), May("toolOverrides", Unserved(ToolOverrides)),
            May("incognito", Unserved(Flag)), May("visibility", OneOf("shared", "read-only", "suggest", "draft")), May("catalogId", Unserved(Text)),
            May("parentSessionKey", Unserved(Text)), May("spawnDepth", Unserved(Whole(1))), May("fork", Unserved(Flag)),
            May("forkFrom", Unserved(OneOf("last-completed"))), May("emitCommandHooks", Flag), May("succeedsParent", Unserved(Flag)),
            May("task", Unserved(FreeText)), May("message", FreeText), May("attachments", Unserved(Attachments)), May("projectId", Unserved(Text)),
            May("projectGitUrl", Unserved(UpTo(2048))), May("worktree", Unserved(Flag)), May("worktreeBaseRef", Unserved(Text)),
            May("worktreeName", Unserved(Like("^[a-z0-9][a-z0-9-]{0,63}$"))), May("execNode", Unserved(Text)), May("cwd", Unserved(Text)))),
        new("sessions.send", Closed(
            Must("key", Text), May("agentId", Text), Must("message", FreeText), May("thinking", FreeText), May("attachments", Unserved(Attachments)),
            May("timeoutMs", Whole(0)), May("idempotencyKey", Text))),
        new("sessions.patch", Closed(
            Must("key", Text), May("agentId", Text), May("expectedSessionId", Unserved(Text)), May("expectedLifecycleRevision", Unserved(Text)),
            May("expectedPermissionMode", Unserved(OrNull(PermissionMode))), May("expectedToolOverrides", Unserved(OrNull(ToolOverrides))),
            May("expectedMarkedUnreadAt", Unserved(OrNull(AtLeast(0)))), May("label", OrNull(UpTo(512))), May("icon", Unserved(OrNull(FreeText))),
            May("color", Unserved(OrNull(FreeText))), May("category", Unserved(OrNull(UpTo(512)))), May("boardFace", Unserved(OneOf("chat", "dashboard"))),
            May("statusNote", Unserved(OrNull(UpTo(120, least: 0)))),
            May("attention", Unserved(OrNull(OneOf("hand", "key", "alert", "flag", "lock", "hourglass")))), May("ttlMinutes", Unserved(Whole(1, 120))),
            May("archived", Flag), May("pinned", Unserved(Flag)), May("unread", Unserved(Flag)), May("contextWindow", Unserved(OrNull(Text))),
            May("thinkingLevel", Unserved(OrNull(Text))), May("fastMode", Unserved(Either(Flag, OneOf("auto"), Null))),
            May("toolOverrides", Unserved(OrNull(ToolOverrides))), May("verboseLevel", Unserved(OrNull(Text))), May("traceLevel", Unserved(OrNull(Text))),
            May("reasoningLevel", Unserved(OrNull(Text))), May("responseUsage", Unserved(OrNull(OneOf("off", "tokens", "full", "on")))),
            May("elevatedLevel", Unserved(OrNull(Text))), May("execHost", Unserved(OrNull(Text))), May("execSecurity", Unserved(OrNull(Text))),
            May("execAsk", Unserved(OrNull(Text))), May("execNode", Unserved(OrNull(Text))), May("permissionMode", Unserved(OrNull(PermissionMode))),
            May("model", Unserved(OrNull(Text))), May("completionOwnerSessionKey", Unserved(OrNull(Text))),
            May("inheritedToolPolicyVersion", Unserved(OrNull(Exactly(1)))), May("inheritedToolAllow", Unserved(OrNull(ListOf(Text)))),
            May("inheritedToolDeny", Unserved(OrNull(ListOf(Text)))), May("sendPolicy", Unserved(OrNull(OneOf("allow", "deny")))),
            May("groupActivation", Unserved(OrNull(OneOf("mention", "always")))))),
        new("sessions.reset", Closed(Must("key", Text), May("agentId", Text), May("reason", OneOf("new", "reset")))),
        new("sessions.delete", Closed(
            Must("key", Text), May("agentId", Text), May("deleteTranscript", Flag), May("expectedSessionId", Unserved(Text)),
            May("expectedLifecycleRevision", Unserved(Text)), May("expectedSessionUpdatedAt", Unserved(AtLeast(0))), May("emitLifecycleHooks", Flag),
            May("archivedOnly", Flag))),
        new("sessions.abort", Closed(May("key", Text), May("runId", Text), May("agentId", Text), May("clearQueued", Flag))),
        new("sessions.messages.subscribe", Closed(Must("key", Text), May("agentId", Text), May("includeApprovals", Unserved(Yes)))),
        new("sessions.messages.unsubscribe", Closed(Must("key", Text), May("agentId", Text))),
    ];
}
