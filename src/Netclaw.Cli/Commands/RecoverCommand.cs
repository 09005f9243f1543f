using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Recovery;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw recover …</c>: what was lost on this machine, got back.</summary>
internal static class RecoverCommand
{
    /// <summary>What leads out wherever this host is not let in by its own key.</summary>
    public const string LocalAccess = "netclaw recover local-access";

    public static Command Build(CommandShell shell) => new("recover", "Get back what was lost on this machine, without losing a device.") { LocalAccessCommand(shell) };

    private static Command LocalAccessCommand(CommandShell shell)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Show each write and change nothing; exit code 2 when there is something to do." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var reset = new Option<bool>("--full-reset") { Description = "Begin anew where no repair in place is safe: every pairing ends, and nothing is removed from the disk." };
        var confirm = new Option<string?>("--confirm") { Description = "With --full-reset: the phrase that is asked for otherwise, reset all pairings on <gateway name>.", HelpName = "phrase" };
        var command = new Command("local-access",
            "Give this host its credential back: shows the plan, asks, backs up, repairs, and proves it by connecting. With the daemon up or down; paired devices stay as they are. "
            + "Exit code 0: nothing to do, or repaired and proven; 1: no repair in place is safe, or it could not be proven; 69: a daemon holds the home and does not answer.")
        {
            dryRun, yes, reset, confirm,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(confirm) is { Tokens.Count: > 0 } && !result.GetValue(reset))
            {
                result.AddError("--confirm goes with --full-reset.");
            }
        });
        command.SetAction(shell.Streaming((parsed, context, cancellation) => new RecoverLocalAccess(context).RunAsync(
            new RecoverRequest(parsed.GetValue(dryRun), parsed.GetValue(yes), parsed.GetValue(reset), parsed.GetValue(confirm)), cancellation)));
        return command;
    }
}
