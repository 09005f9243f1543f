using System.CommandLine;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw devices auto-approve …</c>.</summary>
internal static class AutoApproveCommand
{
    public static Command Build(CommandShell shell)
    {
        var status = new Command("status", "Whether local devices are paired without a prompt, or why not.");
        status.SetAction(shell.Reporting((_, context, cancellation) => new AutoApproveVerbs(context).StatusAsync(cancellation)));
        var confirm = new Command("confirm", "Exposure and auth mode are as they should be: pair local devices without a prompt again.");
        confirm.SetAction(shell.Reporting((_, context, cancellation) => new AutoApproveVerbs(context).ConfirmAsync(cancellation)));
        return new Command("auto-approve", "Pairing of local devices without a prompt.") { status, confirm };
    }
}
