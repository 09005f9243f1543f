using System.CommandLine;
using Netclaw.Cli.Authentication;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw auth …</c>: the secret that this home's gateway shares with clients.</summary>
internal static class AuthCommand
{
    public static Command Build(CommandShell shell) => new("auth", "The secret that this home's gateway shares with its clients.") { Rotate(shell) };

    private static Command Rotate(CommandShell shell)
    {
        var show = new Option<bool>("--show") { Description = "Print the new token." };
        var command = new Command("rotate", "Make a new shared token; the old one opens nothing from now on. Works with the daemon up or down.") { show };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new RotateToken(context).RunAsync(parsed.GetValue(show), cancellation)));
        return command;
    }
}
