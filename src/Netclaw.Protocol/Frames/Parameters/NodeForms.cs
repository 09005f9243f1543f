using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary><c>node.*</c>: what nodes lend, what is asked of them and what they answer. As the published schema has them.</summary>
internal static class NodeForms
{
    internal static readonly KeyValuePair<string, ParamRule>[] All =
    [
        new("node.pair.list", Closed()),
        new("node.pair.approve", Closed(Must("requestId", Text))),
        new("node.pair.reject", Closed(Must("requestId", Text))),
        new("node.pair.remove", Closed(Must("nodeId", Text))),
        new("node.rename", Closed(Must("nodeId", Text), Must("displayName", Text))),
        new("node.list", Closed()),
        new("node.describe", Closed(Must("nodeId", Text))),
        new("node.invoke", Closed(
            Must("nodeId", Text), Must("command", Text), May("params", Anything), May("timeoutMs", Whole(0)), Must("idempotencyKey", Text), May("sessionKey", Text),
            May("turnSourceChannel", FreeText), May("turnSourceTo", FreeText), May("turnSourceAccountId", FreeText),
            May("turnSourceThreadId", Either(FreeText, Number)))),
        new("node.invoke.progress", Closed(Must("invokeId", Text), Must("nodeId", Text), Must("seq", Whole(0)), Must("chunk", UpTo(16_384, least: 0)))),
        new("node.invoke.result", Closed(
            Must("id", Text), Must("nodeId", Text), Must("ok", Flag), May("payload", Anything), May("payloadJSON", FreeText),
            May("error", Closed(May("code", Text), May("message", Text))))),
        new("node.event", Closed(Must("event", Text), May("payload", Anything), May("payloadJSON", FreeText))),
        new("node.pending.ack", Closed(Must("ids", ListOf(Text, least: 1)))),
        new("node.pending.drain", Closed(May("maxItems", Whole(1, 10)))),
        new("node.pending.enqueue", Closed(
            Must("nodeId", Text), Must("type", OneOf("status.request", "location.request")), May("priority", OneOf("normal", "high")),
            May("expiresInMs", Whole(1000, 86_400_000)), May("wake", Flag))),
        new("node.pluginTools.update", Closed(Must("tools", ListOf(Closed(
            Must("pluginId", Text), Must("name", Like("^[A-Za-z][A-Za-z0-9_-]{0,63}$", 1, 64)), Must("description", Text), May("parameters", MapOf(Anything)),
            May("command", Text), May("mcp", Closed(Must("server", Text), Must("tool", Text)))))))),
        new("node.skills.update", Closed(Must("skills", ListOf(Closed(
            Must("name", Like("^(?!.*--)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$", 1, 64)), Must("description", UpTo(1024)), Must("content", UpTo(65_536))), most: 64)))),
        new("skills.bins", Closed()),
    ];
}
