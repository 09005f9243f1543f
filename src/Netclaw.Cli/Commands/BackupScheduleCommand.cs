using System.CommandLine;
using Netclaw.Cli.Backups;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw backup schedule</c>: archives by cron.</summary>
internal static class BackupScheduleCommand
{
    private const int DefaultKeep = 7;

    public static Command Build(CommandShell shell)
    {
        var daily = new Option<bool>("--daily") { Description = $"Every night, as --cron \"{CronExpression.Daily}\" says it. The default." };
        var cron = new Option<string?>("--cron") { Description = "When: minute, hour, day of the month, month, day of the week, in cron's local time.", HelpName = "expression" };
        var keep = KeepOption.Build($"How many archives remain. Default: {DefaultKeep}.");
        var remove = new Option<bool>("--remove") { Description = "Take the line out again." };
        var print = new Option<bool>("--print") { Description = "Print the line and change nothing." };
        var command = new Command(
            "schedule", "Have cron make an archive: one line in your crontab, which runs whether or not the daemon is up. Asked again it replaces that line; every other line stays as it is.")
        {
            daily, cron, keep, remove, print,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(daily) && result.GetValue(cron) is not null)
            {
                result.AddError("--daily and --cron exclude each other.");
            }
            else if (result.GetValue(remove) && (result.GetValue(daily) || result.GetValue(print) || result.GetValue(cron) is not null || result.GetResult(keep) is not null))
            {
                result.AddError("--remove takes the line out, whatever it says: it goes with nothing else.");
            }
            else if (result.GetValue(cron) is { } text && CronExpression.Objection(text, out _) is { } objection)
            {
                result.AddError(objection);
            }
        });
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
        {
            _ = CronExpression.Objection(parsed.GetValue(cron) ?? CronExpression.Daily, out var when);
            return new ScheduleBackup(context).RunAsync(new ScheduleRequest(when, parsed.GetValue(keep) ?? DefaultKeep, parsed.GetValue(remove), parsed.GetValue(print)), cancellation);
        }));
        return command;
    }
}
