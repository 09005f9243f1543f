using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary><c>netclaw nodes list|describe|approve|reject|rename|remove</c>.</summary>
internal sealed class NodeVerbs(CommandContext context)
{
    public async Task<Report> ListAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var nodes = (await gateway.NodesAsync()).Nodes;
        var report = new NodesReport(nodes, gateway.ReachedBy, gateway.Holds(Scope.Pairing) ? (await gateway.NodePairingsAsync()).Pending : null);
        return Report.Of(report, () => CliJson.Readable.NodesReport, (shown, screen) => NodeTables.Print(shown, screen, context.Now));
    }

    public async Task<Report> DescribeAsync(string typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var node = await gateway.NodeAsync(PickNode.Node(typed, (await gateway.NodesAsync()).Nodes).NodeId);
        return Report.Of(node, () => CliJson.Readable.NodeRow, (shown, screen) => NodeTables.Print(shown, screen, context.Now));
    }

    public async Task<Report> ApproveAsync(string typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var request = PickNode.Request(typed, (await gateway.NodePairingsAsync()).Pending);
        var approved = await gateway.ApproveNodeAsync(new NodePairApproveParams(request));
        return Report.Of(approved, () => CliJson.Readable.NodePairApproveResult, (result, screen) => screen.Line(
            $"{PlainText.Of(result.Node.DisplayName)} ({PickNode.Short(result.Node.NodeId)}) may now be asked for: {(result.Node.Commands.IsEmpty ? "nothing" : string.Join(' ', result.Node.Commands))}."));
    }

    public async Task<Report> RejectAsync(string typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var rejected = await gateway.RejectNodeAsync(new NodePairRejectParams(PickNode.Request(typed, (await gateway.NodePairingsAsync()).Pending)));
        return Report.Of(rejected, () => CliJson.Readable.NodePairRejectResult, (result, screen) => screen.Line(
            $"Rejected {result.RequestId} of node {PickNode.Short(result.NodeId)}; what was approved before stays."));
    }

    public async Task<Report> RenameAsync(string typed, string name, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var node = PickNode.Node(typed, (await gateway.NodesAsync()).Nodes);
        var renamed = await gateway.RenameNodeAsync(new NodeRenameParams(node.NodeId, name));
        return Report.Of(renamed, () => CliJson.Readable.NodeRenameResult, (result, screen) => screen.Line(
            $"{PlainText.Of(node.DisplayName)} ({PickNode.Short(result.NodeId)}) is now called {PlainText.Of(result.DisplayName)}."));
    }

    public async Task<Report> RemoveAsync(string typed, bool yes, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var node = PickNode.Node(typed, (await gateway.NodesAsync()).Nodes);
        if (!yes)
        {
            await ConfirmAsync($"{PlainText.Of(node.DisplayName)} ({PickNode.Short(node.NodeId)})", PickNode.Short(node.NodeId), cancellation);
        }

        var removed = await gateway.RemoveNodeAsync(new NodePairRemoveParams(node.NodeId));
        return Report.Of(removed, () => CliJson.Readable.NodePairRemoveResult, (result, screen) => screen.Line(result.Revoked
            ? $"Removed {PlainText.Of(result.DisplayName)} ({PickNode.Short(result.NodeId)}); {Spoken.Count(result.ConnectionsClosed, "live connection")} closed."
            : $"{PlainText.Of(result.DisplayName)} ({PickNode.Short(result.NodeId)}) lends nothing any more; it stays paired as an operator."));
    }

    private async Task ConfirmAsync(string who, string id, CancellationToken cancellation)
    {
        if (!context.Screen.CanAsk)
        {
            throw new CommandFailure(RefusalCode.UsageError, $"Removing {who} wants a yes, and nobody is there to give it.", $"netclaw nodes remove {id} --yes");
        }

        if (!await context.Screen.ConfirmAsync($"Remove {who} and close its connections?", cancellation))
        {
            throw new CommandFailure(RefusalCode.Cancelled, $"{who} was not removed.");
        }
    }
}
