using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Actors.Methods;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>
/// The tools of the gateway: calls of its own methods, made for whoever asked the agent and with their rights. A tool whose methods this gateway does not have is not offered.
/// </summary>
public sealed class GatewayTools(MethodCatalogue methods, IInsideCalls calls, IAgents agents, IAgentApprovals approvals) : IAgentTools
{
    private readonly Lazy<ImmutableArray<GatewayTool>> _tools = new(() =>
    [
        .. new GatewayTool[]
        {
            new SessionsSpawnTool(), new SessionsListTool(), new SessionsHistoryTool(), new SessionsSendTool(), new SubagentsTool(), new CronTool(), new NodesListTool(), new NodeInvokeTool(),
        }.Where(tool => tool.Methods.All(method => methods.TryFind(method, out _))),
    ]);

    public ImmutableArray<AgentTool> All => [.. _tools.Value.Select(tool => tool.Shape)];

    public async Task<ToolAnswer> CallAsync(AgentTurn turn, string tool, JsonElement arguments, CancellationToken cancellation)
    {
        var agent = agents.All.FirstOrDefault(candidate => candidate.Id == turn.Agent);
        if (agent is null || !agent.Tools.Contains(tool) || _tools.Value.FirstOrDefault(candidate => candidate.Shape.Name == tool) is not { } found)
        {
            return ToolUse.Wrong("there is no tool of that name here");
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return ToolUse.Wrong("the arguments must be one JSON object");
        }

        try
        {
            return await DeniedAsync(agent, turn, found, arguments, cancellation) ?? await found.CallAsync(new ToolUse(turn, arguments, calls, cancellation));
        }
        catch (OperationCanceledException)
        {
            return ToolUse.Wrong("it was cancelled");
        }
    }

    public async Task<bool> ApprovedAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation)
    {
        try
        {
            return (await approvals.AskAsync(turn, title, details, cancellation)).Allowed;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <returns>Null: it may go on.</returns>
    private async Task<ToolAnswer?> DeniedAsync(AgentDescription agent, AgentTurn turn, GatewayTool tool, JsonElement arguments, CancellationToken cancellation)
    {
        var title = tool.RunsProgram(arguments);
        if (agent.Approve == ApprovalRule.Never || (agent.Approve == ApprovalRule.Commands && title is null))
        {
            return null;
        }

        var answer = await approvals.AskAsync(turn, title ?? tool.Shape.Name, arguments, cancellation);
        return answer.Allowed ? null : ToolUse.Wrong($"not approved: {answer.Because}");
    }
}
