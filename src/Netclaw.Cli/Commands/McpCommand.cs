using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Tools;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw mcp</c>: for programs that are agents, which a daemon tells to start it. People have no use for it.</summary>
internal static class McpCommand
{
    public const string Name = "mcp";

    public static Command Build(CommandShell shell)
    {
        var command = new Command(Name, "Serve the tools of an agent's turn on the standard streams, in the Model Context Protocol. Agents start it; the daemon tells them how.") { Hidden = true };
        command.SetAction(shell.Streaming((_, context, cancellation) => new ToolBridge(context).RunAsync(cancellation)));
        return command;
    }
}
