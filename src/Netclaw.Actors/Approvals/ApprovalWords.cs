using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>Approvals in the protocol's words.</summary>
internal static class ApprovalWords
{
    private static readonly ImmutableArray<ApprovalDecision> Always = [ApprovalDecision.AllowOnce, ApprovalDecision.AllowAlways, ApprovalDecision.Deny];
    private static readonly ImmutableArray<ApprovalDecision> Once = [ApprovalDecision.AllowOnce, ApprovalDecision.Deny];

    public static PendingExecApproval Pending(OpenApproval open) =>
        new(open.Request.Id, Shown(open.Request.Matter), open.AskedAt.ToUnixTimeMilliseconds(), open.Deadline.ToUnixTimeMilliseconds());

    public static ExecApprovalGetResult One(OpenApproval open)
    {
        var shown = Shown(open.Request.Matter);
        return new ExecApprovalGetResult(open.Request.Id, shown.Command, shown.AllowedDecisions, shown, open.AskedAt.ToUnixTimeMilliseconds(), open.Deadline.ToUnixTimeMilliseconds())
        {
            Host = shown.Host, NodeId = shown.NodeId, AgentId = shown.AgentId,
        };
    }

    public static ExecApprovalResult Begun(OpenApproval open) =>
        new(open.Request.Id, open.AskedAt.ToUnixTimeMilliseconds(), open.Deadline.ToUnixTimeMilliseconds()) { Status = ExecApprovalResult.Accepted };

    public static ExecApprovalResult Decided(EndedApproval ended) => new(ended.Id, ended.AskedAt.ToUnixTimeMilliseconds(), ended.Deadline.ToUnixTimeMilliseconds())
    {
        Decision = ended.Decision, Reason = Reason(ended.End), ResolvedBy = ended.By,
    };

    public static ExecApprovalResolved Resolved(EndedApproval ended) =>
        new(ended.Id, ended.Decision, Reason(ended.End), ended.At.ToUnixTimeMilliseconds()) { ResolvedBy = ended.By };

    public static string Reason(ApprovalEnd end) => end switch
    {
        ApprovalEnd.Decided => ExecApprovalResolved.User,
        ApprovalEnd.TimedOut => ExecApprovalResolved.Timeout,
        ApprovalEnd.Withdrawn => ExecApprovalResolved.Withdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "no such end"),
    };

    /// <summary>For the audit: arguments may hold what is secret, so that they are counted only.</summary>
    public static string Traced(ApprovalRequest request) => request.Matter switch
    {
        { Command: [var program, .. var arguments] } matter => $"{request.Id}: {CommandText.Visible(matter.Program ?? program)}, {arguments.Length} arguments",
        var matter => $"{request.Id}: {CommandText.Visible(matter.Title ?? "")}",
    };

    /// <summary>For whoever comes late.</summary>
    public static string Past(EndedApproval ended) => ended switch
    {
        { End: ApprovalEnd.Decided, Decision: ApprovalDecision.Deny } => $"{ended.Id} was denied by {ended.By}",
        { End: ApprovalEnd.Decided } => $"{ended.Id} was allowed by {ended.By}",
        { End: ApprovalEnd.TimedOut } => $"{ended.Id} ran out: nobody decided in time, and it was denied",
        _ => $"{ended.Id} was taken back by whoever asked",
    };

    private static ExecApprovalMatter Shown(ApprovalMatter matter) => new(
        matter.Title is { } title ? CommandText.Visible(title) : CommandText.Of(matter.Command), matter.Host, matter.OnceOnly ? Once : Always)
    {
        CommandArgv = matter.Command.IsEmpty ? null : matter.Command, ResolvedPath = Visible(matter.Program), Cwd = Visible(matter.Directory),
        EnvKeys = matter.Variables.IsEmpty ? null : [.. matter.Variables.Select(CommandText.Visible).Order(StringComparer.Ordinal)],
        NodeId = Visible(matter.Node?.Id), NodeName = Visible(matter.Node?.Name), AgentId = Visible(matter.Agent), SessionKey = Visible(matter.Conversation),
        WarningText = Visible(matter.Warning), Details = Visible(matter.Details),
    };

    private static string? Visible(string? text) => text is null ? null : CommandText.Visible(text);
}
