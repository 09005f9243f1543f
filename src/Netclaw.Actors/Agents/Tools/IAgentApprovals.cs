using System.Text.Json;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>Asks people whether an agent may do something.</summary>
public interface IAgentApprovals
{
    /// <param name="title">One line: what it wants to do.</param>
    Task<ApprovalAnswer> AskAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation);
}

/// <param name="Because">For the agent: who denied it, or why nobody decided.</param>
public sealed record ApprovalAnswer(bool Allowed, string Because);

/// <summary>Where nobody can be asked, the answer is no.</summary>
internal sealed class NoApprovals : IAgentApprovals
{
    public Task<ApprovalAnswer> AskAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation) =>
        Task.FromResult(new ApprovalAnswer(false, "this gateway has nobody whom it could ask"));
}
