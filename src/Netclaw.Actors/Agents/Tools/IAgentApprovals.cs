using System.Text.Json;
using Netclaw.Actors.Approvals;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>Asks people whether an agent may do something.</summary>
public interface IAgentApprovals
{
    /// <param name="title">One line: what it wants to do.</param>
    Task<ApprovalAnswer> AskAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation);
}

/// <param name="Because">For the agent: who denied it, or why nobody decided.</param>
public sealed record ApprovalAnswer(bool Allowed, string Because);

/// <summary>Asks whoever holds the approvals scope. The connections of the run that asks are not among them.</summary>
internal sealed class OperatorApprovals(ApprovalDesk desk) : IAgentApprovals
{
    /// <summary>The agent waits; after that it goes on without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<ApprovalAnswer> AskAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation)
    {
        var matter = new ApprovalMatter(ApprovalMatter.OnGateway, [], title)
        {
            Agent = turn.Agent, Conversation = turn.Conversation.ToString(), Details = details.ValueKind == JsonValueKind.Undefined ? null : details.GetRawText(), OnceOnly = true,
        };
        var said = await desk.AskAsync(turn.Grant.Run?.ToString() ?? turn.Run, matter, Patience, cancellation).ConfigureAwait(false);
        return new ApprovalAnswer(said.Allows, said.Because);
    }
}
