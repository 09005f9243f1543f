using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>Everything that can happen to approvals. Closed; each carries its time.</summary>
public abstract record ApprovalInput
{
    private ApprovalInput(DateTimeOffset now) => Now = now;

    public DateTimeOffset Now { get; }

    /// <summary>Somebody asks.</summary>
    /// <param name="By">The call that asks; null: it was asked inside the gateway.</param>
    /// <param name="Waits">Whether that call waits for the decision; otherwise it is answered at once.</param>
    public sealed record Requested(DateTimeOffset At, ApprovalRequest Request, Waiter? By, bool Waits) : ApprovalInput(At);

    /// <summary>Somebody wants to know the decision.</summary>
    /// <param name="OnlyOf">The one whose questions are the only ones that are told; null: everybody's are.</param>
    public sealed record Awaited(DateTimeOffset At, Waiter By, ApprovalId Id, string? OnlyOf) : ApprovalInput(At);

    /// <summary>Somebody decides.</summary>
    /// <param name="Decider">As <see cref="ApprovalRequest.Asker"/>.</param>
    /// <param name="Subject">As audit records name them.</param>
    /// <param name="MayDecide">False: all they may do is take back what they asked for themselves.</param>
    public sealed record Resolved(DateTimeOffset At, Waiter By, string Decider, string Subject, bool MayDecide, ApprovalId Id, ApprovalDecision Decision) : ApprovalInput(At);

    /// <summary>A call is withdrawn, or its connection is over: it must not be answered any more. What waits for nobody else is taken back.</summary>
    public sealed record CallerGone(DateTimeOffset At, Waiter Waiter) : ApprovalInput(At);

    /// <summary>A connection is over: what was asked on it is taken back.</summary>
    public sealed record SessionGone(DateTimeOffset At, SessionId Session) : ApprovalInput(At);

    /// <summary>Taken back from inside the gateway.</summary>
    public sealed record Withdrawn(DateTimeOffset At, ApprovalId Id) : ApprovalInput(At);

    /// <summary>Time has passed.</summary>
    public sealed record Due(DateTimeOffset At) : ApprovalInput(At);
}
