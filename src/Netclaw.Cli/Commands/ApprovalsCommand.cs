using System.CommandLine;
using Netclaw.Cli.Approvals;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw approvals …</c>: what nodes and agents ask to be allowed.</summary>
internal static class ApprovalsCommand
{
    public static Command Build(CommandShell shell) => new("approvals", "What nodes and agents ask to be allowed.") { List(shell), Allow(shell), Deny(shell) };

    private static Command List(CommandShell shell)
    {
        var command = new Command("list", "What waits for a decision, whole: what is allowed is what is shown.");
        command.SetAction(shell.Reporting((_, context, cancellation) => new ApprovalVerbs(context).ListAsync(cancellation)));
        return command;
    }

    private static Command Allow(CommandShell shell)
    {
        var id = Id();
        var always = new Option<bool>("--always") { Description = "This very command line for ever: the node writes it into its own rules." };
        var command = new Command("allow", "Let it be done, this once.") { id, always };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new ApprovalVerbs(context).AllowAsync(parsed.GetRequiredValue(id), parsed.GetValue(always), cancellation)));
        return command;
    }

    private static Command Deny(CommandShell shell)
    {
        var id = Id();
        var command = new Command("deny", "Turn it down; so does whoever says nothing.") { id };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new ApprovalVerbs(context).DenyAsync(parsed.GetRequiredValue(id), cancellation)));
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The question: its id, the start of it, or the node's name." };
}
