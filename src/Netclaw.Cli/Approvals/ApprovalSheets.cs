using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Approvals;

/// <summary>What waits for a decision, one sheet each: nothing is shortened, for what is allowed is what was shown.</summary>
internal static class ApprovalSheets
{
    public static void Print(ApprovalsReport report, Screen screen, DateTimeOffset now)
    {
        if (report.Pending.IsEmpty)
        {
            screen.Line("Nothing waits for a decision.");
            return;
        }

        screen.Line(screen.Bold($"{Output.Spoken.Count(report.Pending.Length, "question")}; to decide: netclaw approvals allow <id>, or deny <id>"));
        foreach (var pending in report.Pending)
        {
            screen.Line();
            screen.Lines(Sheet(pending, now).Lines(screen.Width));
        }
    }

    public static Sheet Sheet(PendingExecApproval pending, DateTimeOffset now)
    {
        var asked = pending.Request;
        return new Sheet()
            .Add("id", pending.Id.ToString())
            .Add("run", asked.Command)
            .Add("on", Where(asked))
            .Add("file", asked.ResolvedPath)
            .Add("in", asked.Cwd)
            .Add("variables", asked.EnvKeys is { IsDefaultOrEmpty: false } names ? string.Join(' ', names) : null)
            .Add("agent", asked.AgentId)
            .Add("conversation", asked.SessionKey)
            .Add("details", asked.Details)
            .Add("warning", asked.WarningText)
            .Add("expires", Output.Spoken.In(pending.ExpiresAtMs, now))
            .Add("note", asked.AllowedDecisions.Contains(ApprovalDecision.AllowAlways) ? null : "cannot be allowed for ever");
    }

    /// <summary>One line: what, and where.</summary>
    public static string Spoken(ExecApprovalMatter asked) => $"{asked.Command} on {Where(asked)}";

    private static string Where(ExecApprovalMatter asked) => asked switch
    {
        { NodeName: { } name, NodeId: { } id } => $"{name} ({Nodes.PickNode.Short(id)})",
        { NodeId: { } id } => Nodes.PickNode.Short(id),
        _ => asked.Host,
    };
}
