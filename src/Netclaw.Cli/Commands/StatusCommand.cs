using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Status;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw status</c>: what stands, of the gateway that the endpoint order leads to.</summary>
internal static class StatusCommand
{
    public static Command Build(CommandShell shell)
    {
        var command = new Command("status", "What stands: gateway, daemon, journal, devices, and who you are to it.");
        command.SetAction(shell.Reporting((_, context, cancellation) => new ShowStatus(context).RunAsync(cancellation)));
        return command;
    }
}
