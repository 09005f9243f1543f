using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw node run</c>: this machine as a node.</summary>
internal static class NodeCommand
{
    public static Command Build(CommandShell shell) => new("node", "This machine as a node: it lends commands to a gateway.") { Run(shell) };

    private static Command Run(CommandShell shell)
    {
        var pair = new Option<string?>("--pair") { Description = "Pair with this gateway first, where that has not been done: the link of nodes invite, the gateway's address, or a netclaw://pair link.", HelpName = "url" };
        var codeStdin = new Option<bool>("--code-stdin") { Description = "With --pair and an address: read the pairing code from the first line of stdin; without it an operator is asked." };
        var name = new Option<string?>("--name") { Description = "What this node is called; default: the host's name.", HelpName = "name" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask whether to trust a link's gateway." };
        var command = new Command("run", "Lend this machine's commands to a gateway until stopped. What may be run is in node/node.json of the home, and operators are asked about the rest; comes back by itself after every loss.")
        {
            pair, codeStdin, name, yes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(codeStdin) && result.GetValue(pair) is null)
            {
                result.AddError("--code-stdin goes with --pair.");
            }
        });
        command.SetAction(shell.Streaming((parsed, context, cancellation) => new RunNode(context).RunAsync(
            new RunNodeRequest(parsed.GetValue(pair), parsed.GetValue(codeStdin), parsed.GetValue(name), parsed.GetValue(yes)), cancellation)));
        return command;
    }
}
