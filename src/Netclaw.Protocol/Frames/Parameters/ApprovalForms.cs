using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary><c>exec.approval.*</c>. As the published schema has them.</summary>
internal static class ApprovalForms
{
    private static readonly ParamRule Plan = Closed(
        Must("argv", ListOf(FreeText)), Must("cwd", OrNull(FreeText)), Must("commandText", FreeText), May("commandPreview", OrNull(FreeText)),
        Must("agentId", OrNull(FreeText)), Must("sessionKey", OrNull(FreeText)),
        May("policySnapshot", Closed(
            Must("security", OneOf("deny", "allowlist", "full")), Must("ask", OneOf("off", "on-miss", "always")),
            Must("askFallback", OneOf("deny", "allowlist", "full")), Must("autoAllowSkills", Flag),
            Must("allowlistRules", ListOf(Closed(Must("pattern", FreeText), May("argPattern", FreeText), May("source", OneOf("allow-always"))))))),
        May("mutableFileOperand", OrNull(Closed(Must("argvIndex", Whole(0)), Must("path", FreeText), Must("sha256", FreeText)))));

    private static readonly ParamRule Occasion = Either(
        Closed(
            Must("kind", OneOf("message-send")), Must("target", UpTo(128)), Must("recipientCount", Whole(1, 1_000_000)),
            May("recipients", ListOf(UpTo(128), most: 5)), May("audience", OneOf("internal", "external"))),
        Closed(Must("kind", OneOf("payment")), Must("amount", UpTo(40)), Must("currency", UpTo(12)), Must("target", UpTo(128))),
        Closed(Must("kind", OneOf("external-post")), Must("target", UpTo(128)), Must("visibility", OneOf("public", "restricted"))),
        Closed(Must("kind", OneOf("standing-grant")), Must("automation", UpTo(128)), Must("command", UpTo(256)), May("expiresInDays", Whole(1, 3650))));

    internal static readonly KeyValuePair<string, ParamRule>[] All =
    [
        new("exec.approval.get", Closed(Must("id", Text))),
        new("exec.approval.request", Closed(
            May("id", Text), May("command", Text), May("commandArgv", ListOf(FreeText)), May("systemRunPlan", Plan), May("env", MapOf(FreeText)),
            May("cwd", OrNull(FreeText)), May("nodeId", OrNull(Text)), May("host", OrNull(FreeText)), May("security", OrNull(FreeText)),
            May("ask", OrNull(FreeText)), May("warningText", OrNull(FreeText)), May("scope", Unserved(Occasion)),
            May("unavailableDecisions", ListOf(OneOf("allow-always"), least: 1, most: 1)),
            May("commandSpans", ListOf(Closed(Must("startIndex", Whole(0)), Must("endIndex", Whole(1))))), May("agentId", OrNull(FreeText)),
            May("resolvedPath", OrNull(FreeText)), May("sessionKey", OrNull(FreeText)), May("sessionId", OrNull(FreeText)), May("runId", OrNull(FreeText)),
            May("toolCallId", OrNull(FreeText)), May("turnSourceChannel", OrNull(FreeText)), May("turnSourceTo", OrNull(FreeText)),
            May("turnSourceAccountId", OrNull(FreeText)), May("turnSourceThreadId", Either(FreeText, Number, Null)),
            May("approvalReviewerDeviceIds", Unserved(ListOf(Text))), May("requireDeliveryRoute", Unserved(Flag)), May("suppressDelivery", Flag),
            May("deliverToApprovalClientsOnly", Flag), May("timeoutMs", Whole(1)), May("twoPhase", Flag))),
        new("exec.approval.resolve", Closed(
            Must("id", Text), Must("decision", Text), May("reviewer", Closed(Must("channel", Text), Must("accountId", Text), Must("senderId", Text))),
            May("grantExpiresInDays", Unserved(Whole(1, 3650))))),
    ];
}
