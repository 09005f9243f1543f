using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>The methods about nodes and what they may lend, and their events.</summary>
internal static class SurfaceMethodRows
{
    internal static readonly MethodEntry[] All =
    [
        new(NodePairListResult.Method, Role.Operator, Scope.Pairing, HandlerKey.Nodes, true, null, typeof(NodePairListResult),
            "What nodes ask to lend, and what they may lend."),
        new(NodePairApproveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Nodes, true, typeof(NodePairApproveParams), typeof(NodePairApproveResult),
            "Lets a node lend what it asked for. Takes write besides, and admin for commands that run code, read files or drive a browser."),
        new(NodePairRejectParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Nodes, true, typeof(NodePairRejectParams), typeof(NodePairRejectResult),
            "Turns down what a node asked for; what was approved before stays."),
        new(NodePairRemoveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Nodes, true, typeof(NodePairRemoveParams), typeof(NodePairRemoveResult),
            "The node lends nothing any more. A device that is nothing but a node is revoked; answered after its live connections are closed."),
        new(NodeListResult.Method, Role.Operator, Scope.Read, HandlerKey.Nodes, true, null, typeof(NodeListResult),
            "Every paired node, and internal ones while they are connected."),
        new(NodeDescribeParams.Method, Role.Operator, Scope.Read, HandlerKey.Nodes, true, typeof(NodeDescribeParams), typeof(NodeRow),
            "One node."),
        new(NodeRenameParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Nodes, true, typeof(NodeRenameParams), typeof(NodeRenameResult),
            "Calls a node something else; a name in use gets a number behind it."),
    ];

    internal static readonly EventEntry[] Events =
    [
        new(PendingNode.Requested, Scope.Pairing, typeof(PendingNode), "A node offers more than it may lend."),
        new(NodePairResolved.EventName, Scope.Pairing, typeof(NodePairResolved), "What a node asked to lend was approved, rejected or removed; the node itself hears it too."),
    ];
}
