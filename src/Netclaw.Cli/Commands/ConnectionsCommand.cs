using System.CommandLine;
using Netclaw.Cli.Connections;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw connections …</c>: who is connected.</summary>
internal static class ConnectionsCommand
{
    public static Command Build(CommandShell shell)
    {
        var list = new Command("list", "Every live connection: id, state, device, role, scopes, transport, since when.");
        list.SetAction(shell.Reporting((_, context, cancellation) => new ListConnections(context).RunAsync(cancellation)));
        return new Command("connections", "Live connections.") { list };
    }
}
