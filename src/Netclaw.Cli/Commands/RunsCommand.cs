using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Runs;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw runs …</c>: what was started on the gateway's machine.</summary>
internal static class RunsCommand
{
    public static Command Build(CommandShell shell) => new("runs", "Runs: agents' tasks and programs that were started on the gateway's machine.") { List(shell), Show(shell), Cancel(shell) };

    private static Command List(CommandShell shell)
    {
        var active = new Option<bool>("--active") { Description = "Those that wait or run alone." };
        var offset = new Option<int>("--offset") { Description = "How many of the latest to leave out.", HelpName = "number" };
        var command = new Command("list", "The latest runs: what, how it stands, who started it.") { active, offset };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new RunVerbs(context).ListAsync(parsed.GetValue(active), Math.Max(0, parsed.GetValue(offset)), cancellation)));
        return command;
    }

    private static Command Show(CommandShell shell)
    {
        var run = Run();
        var wait = new Option<bool>("--wait") { Description = "Until it is over." };
        var command = new Command("show", "One run, with what it wrote or answered.") { run, wait };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new RunVerbs(context).ShowAsync(parsed.GetRequiredValue(run), parsed.GetValue(wait), cancellation)));
        return command;
    }

    private static Command Cancel(CommandShell shell)
    {
        var run = Run();
        var command = new Command("cancel", "End a run and all that it started.") { run };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new RunVerbs(context).CancelAsync(parsed.GetRequiredValue(run), cancellation)));
        return command;
    }

    private static Argument<string> Run() => new("run") { Description = "The run: its id, the start of it, or its label." };
}
