using System.CommandLine;
using Netclaw.Cli.Backups;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw backup …</c>: archives of this home.</summary>
internal static class BackupCommand
{
    public static Command Build(CommandShell shell) => new("backup", "Make, check and restore archives of this home: keys, settings and the journal. An archive holds every key; whoever can read it is this gateway.")
    {
        Create(shell), Verify(shell), Restore(shell), Unpack(shell), BackupScheduleCommand.Build(shell),
    };

    private static Command Create(CommandShell shell)
    {
        var to = new Option<string?>("--to") { Description = "A file that is not there yet, or a directory of yours. Default: backups/ in the home.", HelpName = "path" };
        var raw = new Option<bool>("--raw") { Description = "Take keys/ and state/ byte by byte, unread: for a home that is damaged. Such an archive can be unpacked, not restored." };
        var keep = KeepOption.Build("Then remove the oldest archives of this gateway beside it, so that so many remain: those with the dated names of this command, never those made before a restore or reset.");
        var command = new Command("create", "Make an archive, with the daemon up or down. Every record is judged on its way; with the journal on PostgreSQL its pg_dump command is printed.") { to, raw, keep };
        command.Validators.Add(result =>
        {
            if (result.GetValue(raw) && result.GetResult(keep) is not null)
            {
                result.AddError("--keep and --raw exclude each other: an archive of a damaged home takes no sound one's place.");
            }
        });
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new MakeBackup(context).RunAsync(parsed.GetValue(to), parsed.GetValue(raw), parsed.GetValue(keep), cancellation)));
        return command;
    }

    private static Command Verify(CommandShell shell)
    {
        var file = File();
        var command = new Command("verify", "Read an archive to its end: every byte is covered by a checksum, and the first wrong place is named. Needs no home and no daemon.") { file };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new VerifyBackup(context).RunAsync(parsed.GetRequiredValue(file), cancellation)));
        return command;
    }

    private static Command Restore(CommandShell shell)
    {
        var file = File();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the plan and change nothing." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command(
            "restore", "Put an archive in place of what this home holds; the daemon must be down. What was revoked since stays revoked; where that cannot be known, devices wait for your word (netclaw devices confirm).")
        {
            file, dryRun, yes,
        };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new RestoreBackup(context).RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(dryRun), parsed.GetValue(yes), cancellation)));
        return command;
    }

    private static Command Unpack(CommandShell shell)
    {
        var file = File();
        var to = new Option<string>("--to") { Description = "An empty directory, or one that is not there yet.", HelpName = "directory", Required = true };
        var command = new Command("unpack", "Write an archive's files into a directory, for a look.") { file, to };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new UnpackBackup(context).RunAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(to), cancellation)));
        return command;
    }

    private static Argument<string> File() => new("file") { Description = "An archive of netclaw backup create." };
}
