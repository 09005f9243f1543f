using Netclaw.Actors.Nodes.Invoking;

namespace Netclaw.Actors.Approvals;

/// <summary>What approvals want done, in order. Closed.</summary>
public abstract record ApprovalEffect
{
    private ApprovalEffect()
    {
    }

    /// <summary>Operators hear that somebody asks.</summary>
    public sealed record Announce(OpenApproval Open) : ApprovalEffect;

    /// <summary>The answer to a call that asked and does not wait: operators are asked.</summary>
    public sealed record Begin(Waiter To, OpenApproval Open) : ApprovalEffect;

    /// <summary>It is over: recorded for the audit before anything that follows, then told to operators.</summary>
    public sealed record Conclude(OpenApproval Open, EndedApproval Ended) : ApprovalEffect;

    /// <summary>The one answer to a call that waits for the decision.</summary>
    public sealed record Answer(Waiter To, EndedApproval Ended) : ApprovalEffect;

    /// <summary>The answer to whoever decided: taken.</summary>
    public sealed record Accept(Waiter To, EndedApproval Ended) : ApprovalEffect;

    /// <summary>The answer to a call that changes nothing.</summary>
    /// <param name="To">Null: it was asked inside the gateway.</param>
    /// <param name="Was">How it ended, where it did a short time ago.</param>
    public sealed record Refuse(Waiter? To, ApprovalRefusal Why, EndedApproval? Was = null) : ApprovalEffect;
}
