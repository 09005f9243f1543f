using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw nodes …</c>: machines that lend commands, and what they may lend.</summary>
internal static class NodesCommand
{
    public static Command Build(CommandShell shell) => new("nodes", "Nodes: machines that lend commands, and what each may lend.")
    {
        List(shell), Describe(shell), NodesInvokeCommand.Build(shell), Approve(shell), Reject(shell), Rename(shell), Remove(shell),
    };

    /// <summary>As every command about one node takes it.</summary>
    public static Argument<string> Node() => new("node") { Description = "The node: its id, the start of it, or its name." };

    private static Command List(CommandShell shell)
    {
        var command = new Command("list", "What nodes ask to lend, then nodes with the commands that are in force.");
        command.SetAction(shell.Reporting((_, context, cancellation) => new NodeVerbs(context).ListAsync(cancellation)));
        return command;
    }

    private static Command Describe(CommandShell shell)
    {
        var node = Node();
        var command = new Command("describe", "One node: what it declares, what is in force, what it says of itself.") { node };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new NodeVerbs(context).DescribeAsync(parsed.GetRequiredValue(node), cancellation)));
        return command;
    }

    private static Command Approve(CommandShell shell)
    {
        var id = Request();
        var command = new Command("approve", "Let a node lend what it asks for; commands that run code, read files or drive a browser take the admin scope.") { id };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new NodeVerbs(context).ApproveAsync(parsed.GetRequiredValue(id), cancellation)));
        return command;
    }

    private static Command Reject(CommandShell shell)
    {
        var id = Request();
        var command = new Command("reject", "Turn down what a node asks for; what was approved before stays.") { id };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new NodeVerbs(context).RejectAsync(parsed.GetRequiredValue(id), cancellation)));
        return command;
    }

    private static Command Rename(CommandShell shell)
    {
        var node = Node();
        var name = new Argument<string>("name") { Description = "1-64 characters; one that is in use gets a number behind it." };
        var command = new Command("rename", "Call a node something else.") { node, name };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new NodeVerbs(context).RenameAsync(parsed.GetRequiredValue(node), parsed.GetRequiredValue(name), cancellation)));
        return command;
    }

    private static Command Remove(CommandShell shell)
    {
        var node = Node();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("remove", "Take back all that a node lends, and shut it out unless it is paired as an operator too.") { node, yes };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new NodeVerbs(context).RemoveAsync(parsed.GetRequiredValue(node), parsed.GetValue(yes), cancellation)));
        return command;
    }

    private static Argument<string> Request() => new("id") { Description = "The request: its id, the start of it, or the node's name." };
}
