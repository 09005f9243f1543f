using Netclaw.Actors.Nodes.Invoking;

namespace Netclaw.Actors.Approvals;

/// <summary>What approvals want done, in order. Closed.</summary>
public abstract record ApprovalEffect
{
    private ApprovalEffect()
    {
    }

    /// <summary>Operators hear that a node asks.</summary>
    public sealed record Announce(ApprovalRequest Request, DateTimeOffset Deadline) : ApprovalEffect;

    /// <summary>It is over: recorded for the audit before anything that follows, then told to operators.</summary>
    /// <param name="Device">Who decided; null: nobody.</param>
    public sealed record Conclude(ApprovalRequest Request, ApprovalDecision Decision, ApprovalEnd End, string? Device) : ApprovalEffect;

    /// <summary>The one answer to the node's call.</summary>
    public sealed record Answer(Waiter To, ApprovalDecision Decision) : ApprovalEffect;

    /// <summary>The answer to an operator's call: taken.</summary>
    public sealed record Accept(Waiter To) : ApprovalEffect;

    /// <summary>The answer to a call that changes nothing.</summary>
    public sealed record Refuse(Waiter To, ApprovalRefusal Why) : ApprovalEffect;
}
