using System.CommandLine;
using Netclaw.Cli.Importing;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw import &lt;path&gt;</c>: devices of an earlier gateway into this home.</summary>
internal static class ImportCommand
{
    public static Command Build(CommandShell shell)
    {
        var path = new Argument<string>("path") { Description = "devices.json, secrets.json, bootstrap-state.json, a paired.json, or a directory that holds them." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would become of every entry, and change nothing." };
        var command = new Command(
            "import", "Take over the devices of an earlier gateway: every entry is kept, or named with the reason. The files are read, never written; a second run changes nothing. Works with the daemon up or down; exit code 2 when an entry was not kept.")
        {
            path, dryRun,
        };
        command.SetAction(shell.Streaming((parsed, context, cancellation) =>
            new ImportDevices(context).RunAsync(parsed.GetRequiredValue(path), parsed.GetValue(dryRun), cancellation)));
        return command;
    }
}
