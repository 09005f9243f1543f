using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Commands on nodes, what nodes tell, and what waits for them (gateway-protocol.md 6.4 and 6.5).</summary>
internal static class InvokeRows
{
    internal static readonly MethodEntry[] All =
    [
        new(NodeInvokeParams.Method, Role.Operator, Scope.Write, HandlerKey.Invokes, true, typeof(NodeInvokeParams), typeof(NodeInvokeResult),
            "A node runs one of its approved commands. Some commands take admin. The same idempotency key is one invocation."),
        new(NodeInvokeInputParams.Method, Role.Operator, Scope.Write, HandlerKey.Invokes, false, typeof(NodeInvokeInputParams), typeof(NodeCallResult),
            "More input for the caller's own open invocation."),
        new(NodeInvokeCancelParams.Method, Role.Operator, Scope.Write, HandlerKey.Invokes, true, typeof(NodeInvokeCancelParams), typeof(NodeCallResult),
            "Gives up the caller's own open invocation; the node is told to stop."),
        new(NodeInvokeResultParams.Method, Role.Node, Scope.None, HandlerKey.Invokes, true, typeof(NodeInvokeResultParams), typeof(NodeCallResult),
            "The node answers what it was asked. What comes too late is taken and dropped."),
        new(NodeInvokeProgress.Method, Role.Node, Scope.None, HandlerKey.Invokes, true, typeof(NodeInvokeProgress), typeof(NodeCallResult),
            "The node tells how far it is with what it was asked."),

        new(NodeEventParams.Method, Role.Node, Scope.None, HandlerKey.NodeReports, true, typeof(NodeEventParams), typeof(NodeEventResult),
            "The node tells something; once an operator has approved what it lends."),
        new(NodePluginToolsUpdateParams.Method, Role.Node, Scope.None, HandlerKey.NodeReports, true, typeof(NodePluginToolsUpdateParams), typeof(NodePluginToolsUpdateResult),
            "Tools that the node's plug-ins offer, in place of those told before. Kept while it is connected."),
        new(NodeSkillsUpdateParams.Method, Role.Node, Scope.None, HandlerKey.NodeReports, true, typeof(NodeSkillsUpdateParams), typeof(NodeSkillsUpdateResult),
            "Skills of the node, in place of those told before. Kept while it is connected."),
        new(NodeRunnerInventoryUpdateParams.Method, Role.Node, Scope.None, HandlerKey.NodeReports, true, typeof(NodeRunnerInventoryUpdateParams), typeof(NodeRunnerInventoryUpdateResult),
            "What the node could run agents with; once an operator has approved what it lends."),
        new(SkillsBinsResult.Method, Role.Node, Scope.None, HandlerKey.NodeReports, true, null, typeof(SkillsBinsResult),
            "Programs that the node should look for: none, as no skill of the gateway's needs one."),

        new(NodePendingEnqueueParams.Method, Role.Operator, Scope.Write, HandlerKey.NodeQueues, false, typeof(NodePendingEnqueueParams), typeof(NodePendingEnqueueResult),
            "Something for a node to do when it next asks. Answered when it is durable."),
        new(NodePendingDrainParams.Method, Role.Node, Scope.None, HandlerKey.NodeQueues, false, typeof(NodePendingDrainParams), typeof(NodePendingDrainResult),
            "The node takes what waits for it."),
        new(NodePendingPullResult.Method, Role.Node, Scope.None, HandlerKey.NodeQueues, true, null, typeof(NodePendingPullResult),
            "Invocations that waited for the node to come to the foreground."),
        new(NodePendingAckParams.Method, Role.Node, Scope.None, HandlerKey.NodeQueues, true, typeof(NodePendingAckParams), typeof(NodePendingAckResult),
            "The node has done these; they are not given out again."),
    ];
}
