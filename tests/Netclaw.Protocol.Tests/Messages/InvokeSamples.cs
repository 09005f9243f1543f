using System.Text.Json;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>Commands on nodes, what nodes tell, and what waits for them.</summary>
internal static class InvokeSamples
{
    private const long Ts = 1_760_000_000_000;
    private const string Node = "6c3b0c5d0a1f0e2d6c3b0c5d0a1f0e2d6c3b0c5d0a1f0e2d6c3b0c5d0a1f0e2d";
    private const string Invoke = "inv_0123456789abcdef";
    private const string Text = """{"bins":["git"]}""";

    private static readonly JsonElement Json = JsonDocument.Parse(Text).RootElement;
    private static readonly NodePluginTool Tool = new("weather", "forecast", "Tomorrow's weather") { Parameters = Json, Command = "weather.forecast", Mcp = new NodeMcpTool("weather", "forecast") };
    private static readonly NodePluginTool LeastTool = new("weather", "now", "The weather");
    private static readonly NodeSkill Skill = new("tidy-up", "Tidies up", "# Tidy up");

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("NodeInvokeParams", new NodeInvokeParams(Node, "system.which", "k1") { Params = Json, TimeoutMs = 5000 }),
        ("NodeInvokeParams.least", new NodeInvokeParams(Node, "device.info", "k1")),
        ("NodeInvokeResult", new NodeInvokeResult(true, Node, "system.which") { Payload = Json, PayloadJson = Text }),
        ("NodeInvokeResult.least", new NodeInvokeResult(true, Node, "system.notify")),
        ("NodeInvokeRequestEvent", new NodeInvokeRequestEvent(Invoke, Node, "system.which") { ParamsJson = Text, TimeoutMs = 5000, IdempotencyKey = "k1" }),
        ("NodeInvokeRequestEvent.least", new NodeInvokeRequestEvent(Invoke, Node, "device.info")),
        ("NodeInvokeResultParams", new NodeInvokeResultParams(Invoke, Node, true) { Payload = Json, PayloadJson = Text }),
        ("NodeInvokeResultParams.refused", new NodeInvokeResultParams(Invoke, Node, false) { Error = new NodeInvokeError("DENIED", "not on the list") }),
        ("NodeInvokeError.least", new NodeInvokeError()),
        ("NodeInvokeProgress", new NodeInvokeProgress(Invoke, Node, 3, "half") { IdempotencyKey = "k1" }),
        ("NodeInvokeProgress.least", new NodeInvokeProgress(Invoke, Node, 0, "")),
        ("NodeInvokeInputParams", new NodeInvokeInputParams(Node, "k1", 2, Text)),
        ("NodeInvokeInputEvent", new NodeInvokeInputEvent(Invoke, Node, 2, Text)),
        ("NodeInvokeCancelParams", new NodeInvokeCancelParams(Node, "k1")),
        ("NodeInvokeCancelEvent", new NodeInvokeCancelEvent(Invoke, Node)),
        ("NodeCallResult", new NodeCallResult(true)),
        ("NodeEventParams", new NodeEventParams("node.presence.alive") { Payload = Json, PayloadJson = Text }),
        ("NodeEventParams.least", new NodeEventParams("node.presence.alive")),
        ("NodeEventResult", new NodeEventResult(true, "voice.transcript", false, "why not")),
        ("NodeEventResult.least", new NodeEventResult(true, "node.presence.alive", true)),
        ("NodeHostStats", new NodeHostStats(8)
        {
            LoadAverage = [0.5, 0.25, 0.125], MemoryTotalBytes = 4, MemoryFreeBytes = 3, DiskTotalBytes = 2, DiskAvailableBytes = 1,
        }),
        ("NodeHostStats.least", new NodeHostStats(1)),
        ("NodePluginToolsUpdateParams", new NodePluginToolsUpdateParams([Tool, LeastTool])),
        ("NodePluginToolsUpdateResult", new NodePluginToolsUpdateResult(Node, [LeastTool])),
        ("NodeSkillsUpdateParams", new NodeSkillsUpdateParams([Skill])),
        ("NodeSkillsUpdateResult", new NodeSkillsUpdateResult(Node, [])),
        ("NodeRunnerInventoryUpdateParams", new NodeRunnerInventoryUpdateParams { ProtocolFeatures = ["a"], WorkerHost = new NodeWorkerHost(true) }),
        ("NodeRunnerInventoryUpdateParams.least", new NodeRunnerInventoryUpdateParams()),
        ("NodeRunnerInventoryUpdateResult", new NodeRunnerInventoryUpdateResult(Node)),
        ("SkillsBinsResult", new SkillsBinsResult(["git"])),
        ("NodePendingEnqueueParams", new NodePendingEnqueueParams(Node, "status.request") { Priority = "high", ExpiresInMs = 60_000, Wake = true }),
        ("NodePendingEnqueueParams.least", new NodePendingEnqueueParams(Node, "location.request")),
        ("NodePendingEnqueueResult", new NodePendingEnqueueResult(Node, 4, new NodePendingItem(Queued(1), "status.request", "high", Ts, Ts + 1), false)),
        ("NodePendingDrainParams", new NodePendingDrainParams { MaxItems = 5 }),
        ("NodePendingDrainParams.least", new NodePendingDrainParams()),
        ("NodePendingDrainResult", new NodePendingDrainResult(Node, 5, [new NodePendingItem(Queued(1), "status.request", "normal", Ts, Ts + 1)], true)),
        ("NodePendingPullResult", new NodePendingPullResult(Node, [new NodePendingAction(Queued(2), "camera.snap", Text, Ts), new NodePendingAction(Queued(3), "canvas.hide", null, Ts)])),
        ("NodePendingAckParams", new NodePendingAckParams(["q_0000000000000002"])),
        ("NodePendingAckResult", new NodePendingAckResult(Node, ["q_0000000000000002"], 1)),
    ];

    private static QueuedId Queued(int number) => QueuedId.TryParse($"q_{number:d16}", out var id) ? id : throw new ArgumentException("no id");
}
