using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw nodes invoke</c>: have a node do something.</summary>
internal static class NodesInvokeCommand
{
    public static Command Build(CommandShell shell)
    {
        var node = NodesCommand.Node();
        var name = new Argument<string>("command") { Description = "What it shall do, such as system.which; netclaw nodes describe lists what it may be asked." };
        var parameters = new Option<string?>("--params") { Description = "What the command takes: JSON, @ and a file that holds it, or - for stdin.", HelpName = "json" };
        var command = new Command("invoke", "Have a node do something, and print what it answers. It may take 30 seconds, or --timeout; Ctrl-C has the node stop.") { node, name, parameters };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new InvokeNode(context).RunAsync(parsed.GetRequiredValue(node), parsed.GetRequiredValue(name), parsed.GetValue(parameters), cancellation)));
        return command;
    }
}
