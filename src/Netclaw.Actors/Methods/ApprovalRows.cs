using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What operators are asked to allow (gateway-protocol.md 7).</summary>
internal static class ApprovalRows
{
    internal static readonly MethodEntry[] All =
    [
        new(ExecApprovalRequestParams.Method, Role.Operator, Scope.Approvals, HandlerKey.Approvals, false, typeof(ExecApprovalRequestParams), typeof(ExecApprovalResult),
            "Asks operators whether a program may run; answered with the decision, or at once with twoPhase. A node asks about its own runs, once its surface is approved. Nobody's answer is no.")
        { NodesToo = true },
        new(ExecApprovalWaitParams.Method, Role.Operator, Scope.Approvals, HandlerKey.Approvals, true, typeof(ExecApprovalWaitParams), typeof(ExecApprovalResult),
            "The decision, as soon as there is one; of a node's questions only its own are told to it.")
        { NodesToo = true },
        new(ExecApprovalResolveParams.Method, Role.Operator, Scope.Approvals, HandlerKey.Approvals, false, typeof(ExecApprovalResolveParams), typeof(ExecApprovalResolveResult),
            "Decides; the first decision counts. Whoever asked can only deny, which takes the question back; that is all that a node can.")
        { NodesToo = true },
        new(PendingExecApproval.ListMethod, Role.Operator, Scope.Approvals, HandlerKey.Approvals, true, null, typeof(ImmutableArray<PendingExecApproval>),
            "What waits for a decision, the oldest first."),
        new(ExecApprovalGetParams.Method, Role.Operator, Scope.Approvals, HandlerKey.Approvals, true, typeof(ExecApprovalGetParams), typeof(ExecApprovalGetResult),
            "One question that waits for a decision."),
    ];

    internal static readonly EventEntry[] Events =
    [
        new(PendingExecApproval.EventName, Scope.Approvals, typeof(PendingExecApproval), "Somebody asks whether a program may run."),
        new(ExecApprovalResolved.EventName, Scope.Approvals, typeof(ExecApprovalResolved), "It was decided, ran out, or was taken back."),
    ];
}
