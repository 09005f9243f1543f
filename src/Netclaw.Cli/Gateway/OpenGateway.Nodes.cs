using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>The methods about nodes.</summary>
internal sealed partial class OpenGateway
{
    private const string Look = "netclaw nodes list";

    public bool Holds(Scope scope) => hello.Auth.Scopes.Covers(scope);

    public Task<NodeListResult> NodesAsync() => CallAsync(NodeListResult.Method, ProtocolJson.Default.NodeListResult);

    public Task<NodePairListResult> NodePairingsAsync() => CallAsync(NodePairListResult.Method, ProtocolJson.Default.NodePairListResult);

    public Task<NodeRow> NodeAsync(string nodeId) =>
        CallAsync(NodeDescribeParams.Method, new NodeDescribeParams(nodeId), ProtocolJson.Default.NodeDescribeParams, ProtocolJson.Default.NodeRow);

    public Task<NodePairApproveResult> ApproveNodeAsync(NodePairApproveParams parameters) =>
        ChangeAsync(NodePairApproveParams.Method, parameters, ProtocolJson.Default.NodePairApproveParams, ProtocolJson.Default.NodePairApproveResult, Look);

    public Task<NodePairRejectResult> RejectNodeAsync(NodePairRejectParams parameters) =>
        ChangeAsync(NodePairRejectParams.Method, parameters, ProtocolJson.Default.NodePairRejectParams, ProtocolJson.Default.NodePairRejectResult, Look);

    public Task<NodePairRemoveResult> RemoveNodeAsync(NodePairRemoveParams parameters) =>
        ChangeAsync(NodePairRemoveParams.Method, parameters, ProtocolJson.Default.NodePairRemoveParams, ProtocolJson.Default.NodePairRemoveResult, Look);

    public Task<NodeRenameResult> RenameNodeAsync(NodeRenameParams parameters) =>
        ChangeAsync(NodeRenameParams.Method, parameters, ProtocolJson.Default.NodeRenameParams, ProtocolJson.Default.NodeRenameResult, Look);
}
