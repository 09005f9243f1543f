using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Sessions;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw sessions …</c>: who is connected.</summary>
internal static class SessionsCommand
{
    public static Command Build(CommandShell shell)
    {
        var list = new Command("list", "Every live connection: id, state, device, role, scopes, transport, since when.");
        list.SetAction(shell.Reporting((_, context, cancellation) => new ListSessions(context).RunAsync(cancellation)));
        return new Command("sessions", "Live connections.") { list };
    }
}
