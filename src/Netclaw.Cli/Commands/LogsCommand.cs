using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Logs;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw logs</c>: the daemon's log file of this home.</summary>
internal static class LogsCommand
{
    private const int DefaultLines = 50;

    public static Command Build(CommandShell shell)
    {
        var lines = new Option<int>("--lines", "-n") { Description = "How many of the last lines.", HelpName = "n", DefaultValueFactory = _ => DefaultLines };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on showing what is added, until stopped." };
        var command = new Command("logs", "The daemon's log of this home.") { lines, follow };
        lines.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError("--lines cannot be negative.");
            }
        });
        command.SetAction(shell.Streaming((parsed, context, cancellation) =>
            new ShowLogs(context).RunAsync(parsed.GetValue(lines), parsed.GetValue(follow), cancellation)));
        return command;
    }
}
