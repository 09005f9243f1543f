using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>Everything that can happen to approvals. Closed; each carries its time.</summary>
public abstract record ApprovalInput
{
    private ApprovalInput(DateTimeOffset now) => Now = now;

    public DateTimeOffset Now { get; }

    /// <summary>A node asks.</summary>
    public sealed record Requested(DateTimeOffset At, ApprovalRequest Request) : ApprovalInput(At);

    /// <summary>An operator decides.</summary>
    /// <param name="By">The operator's call.</param>
    /// <param name="Device">The device that decides.</param>
    public sealed record Resolved(DateTimeOffset At, Waiter By, string Device, ApprovalId Id, ApprovalDecision Decision) : ApprovalInput(At);

    /// <summary>The node's call is withdrawn, or its connection is over: it must not be answered any more.</summary>
    public sealed record CallerGone(DateTimeOffset At, Waiter Waiter) : ApprovalInput(At);

    /// <summary>Time has passed.</summary>
    public sealed record Due(DateTimeOffset At) : ApprovalInput(At);
}
