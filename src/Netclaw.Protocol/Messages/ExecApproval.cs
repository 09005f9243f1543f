using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>
/// Method <c>exec.approval.request</c> (gateway-protocol.md 7): operators are asked whether a program may run. What clients of the protocol send beside this is passed over.
/// One of <see cref="SystemRunPlan"/>, <see cref="CommandArgv"/> and <see cref="Command"/> says what; the first of them that is there counts.
/// </summary>
public sealed record ExecApprovalRequestParams
{
    public const string Method = "exec.approval.request";
    public const int DefaultTimeoutMs = 120_000;

    /// <summary>More than this is taken as this.</summary>
    public const int LongestTimeoutMs = 600_000;

    /// <summary>A line, for whoever has no list. A node has one.</summary>
    public string? Command { get; init; }

    /// <summary>The program and its arguments, whole.</summary>
    public ImmutableArray<string>? CommandArgv { get; init; }

    public ExecApprovalPlan? SystemRunPlan { get; init; }

    /// <summary>Variables that the run has beside the usual ones. Operators are told the names alone; the values go no further.</summary>
    public ImmutableDictionary<string, string>? Env { get; init; }

    public string? Cwd { get; init; }

    /// <summary>Where it would run; a node's own id, when a node asks.</summary>
    public string? NodeId { get; init; }

    /// <summary><c>node</c>, <c>gateway</c> or <c>sandbox</c>.</summary>
    public string? Host { get; init; }

    /// <summary>Where the program lies.</summary>
    public string? ResolvedPath { get; init; }

    public string? WarningText { get; init; }
    public string? AgentId { get; init; }
    public string? SessionKey { get; init; }

    /// <summary><c>allow-always</c>, where nothing could be made of it.</summary>
    public ImmutableArray<ApprovalDecision>? UnavailableDecisions { get; init; }

    /// <summary>Left out: <see cref="DefaultTimeoutMs"/>.</summary>
    public long? TimeoutMs { get; init; }

    /// <summary>True: answered as soon as operators are asked; <c>exec.approval.waitDecision</c> tells the rest.</summary>
    public bool? TwoPhase { get; init; }
}

/// <param name="Argv">The program and its arguments.</param>
public sealed record ExecApprovalPlan(ImmutableArray<string> Argv)
{
    public string? Cwd { get; init; }
    public string? AgentId { get; init; }
    public string? SessionKey { get; init; }
}

/// <summary>Answers <c>exec.approval.request</c> and <c>exec.approval.waitDecision</c>. Only a decision that is there and allows lets anything run.</summary>
public sealed record ExecApprovalResult(ApprovalId Id, long CreatedAtMs, long ExpiresAtMs)
{
    public const string Accepted = "accepted";

    /// <summary><see cref="Accepted"/>: operators are asked, and nothing is decided yet.</summary>
    public string? Status { get; init; }

    public ApprovalDecision? Decision { get; init; }

    /// <summary>As in <see cref="ExecApprovalResolved"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Who decided, as audit records name them.</summary>
    public string? ResolvedBy { get; init; }
}

/// <summary>Method <c>exec.approval.waitDecision</c>: answered when it is decided, or at once where it is already.</summary>
public sealed record ExecApprovalWaitParams(string Id)
{
    public const string Method = "exec.approval.waitDecision";
}

/// <summary>Method <c>exec.approval.resolve</c>: the first decision counts. Whoever asked may only deny, which takes the question back.</summary>
public sealed record ExecApprovalResolveParams(string Id, ApprovalDecision Decision)
{
    public const string Method = "exec.approval.resolve";
}

public sealed record ExecApprovalResolveResult(bool Ok, ApprovalId Id, ApprovalDecision Decision);

/// <summary>Method <c>exec.approval.get</c>.</summary>
public sealed record ExecApprovalGetParams(string Id)
{
    public const string Method = "exec.approval.get";
}

/// <param name="CommandText">As <see cref="ExecApprovalMatter.Command"/>.</param>
public sealed record ExecApprovalGetResult(
    ApprovalId Id, string CommandText, ImmutableArray<ApprovalDecision> AllowedDecisions, ExecApprovalMatter Request, long CreatedAtMs, long ExpiresAtMs)
{
    public string? Host { get; init; }
    public string? NodeId { get; init; }
    public string? AgentId { get; init; }
}

/// <summary>What waits for a decision: event <c>exec.approval.requested</c>, and one row of what the method <c>exec.approval.list</c> answers, the oldest first.</summary>
public sealed record PendingExecApproval(ApprovalId Id, ExecApprovalMatter Request, long CreatedAtMs, long ExpiresAtMs)
{
    public const string EventName = "exec.approval.requested";
    public const string ListMethod = "exec.approval.list";
}

/// <summary>What somebody wants to do, as operators judge it.</summary>
/// <param name="Command">One line, nothing hidden in it: control, direction and other invisible characters stand as their numbers.</param>
/// <param name="Host">Where it would happen: <c>node</c>, <c>gateway</c> or <c>sandbox</c>.</param>
public sealed record ExecApprovalMatter(string Command, string Host, ImmutableArray<ApprovalDecision> AllowedDecisions)
{
    /// <summary>The program and its arguments as they would be run.</summary>
    public ImmutableArray<string>? CommandArgv { get; init; }

    public string? ResolvedPath { get; init; }
    public string? Cwd { get; init; }

    /// <summary>Names of the variables that were added or changed, sorted.</summary>
    public ImmutableArray<string>? EnvKeys { get; init; }

    public string? NodeId { get; init; }
    public string? NodeName { get; init; }
    public string? AgentId { get; init; }
    public string? SessionKey { get; init; }
    public string? WarningText { get; init; }

    /// <summary>More than a command line says, as one line.</summary>
    public string? Details { get; init; }
}

/// <summary>Event <c>exec.approval.resolved</c>: nothing is asked under that id any more.</summary>
/// <param name="Reason"><c>user</c>: an operator decided; <c>timeout</c>: nobody did; <c>withdrawn</c>: whoever asked does not wait any more.</param>
public sealed record ExecApprovalResolved(ApprovalId Id, ApprovalDecision Decision, string Reason, long Ts)
{
    public const string EventName = "exec.approval.resolved";
    public const string User = "user";
    public const string Timeout = "timeout";
    public const string Withdrawn = "withdrawn";

    /// <summary>Who decided, as audit records name them.</summary>
    public string? ResolvedBy { get; init; }
}
