using System.CommandLine;
using Netclaw.Cli.Cron;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw cron …</c>: jobs that the gateway runs by the clock.</summary>
internal static class CronCommand
{
    public static Command Build(CommandShell shell) => new("cron", "Jobs that the gateway runs by the clock.")
    {
        CronAddCommand.Build(shell), List(shell), Show(shell), Run(shell), Runs(shell), Enabling(shell, "enable", true, "Set a disabled job going again; its schedule counts from now."),
        Enabling(shell, "disable", false, "Keep a job from running; what runs of it goes on."), Remove(shell),
    };

    private static Command List(CommandShell shell)
    {
        var all = new Option<bool>("--all") { Description = "Disabled jobs too." };
        var search = new Option<string?>("--search") { Description = "Only those with this in name, description or id.", HelpName = "text" };
        var offset = Offset();
        var command = new Command("list", "Jobs, the next one due first.") { all, search, offset };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new CronVerbs(context).ListAsync(parsed.GetValue(all), parsed.GetValue(search), Math.Max(0, parsed.GetValue(offset)), cancellation)));
        return command;
    }

    private static Command Show(CommandShell shell)
    {
        var job = Job();
        var command = new Command("show", "One job: what it is, its next times, its latest runs.") { job };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new CronVerbs(context).ShowAsync(parsed.GetRequiredValue(job), cancellation)));
        return command;
    }

    private static Command Run(CommandShell shell)
    {
        var job = Job();
        var command = new Command("run", "Run a job now, also a disabled one; does not wait for its end.") { job };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new CronVerbs(context).RunAsync(parsed.GetRequiredValue(job), cancellation)));
        return command;
    }

    private static Command Runs(CommandShell shell)
    {
        var job = new Argument<string?>("job") { Description = "Only this job's: its id, the start of it, or its name.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit") { Description = $"How many at most, 1 to {CronRunsParams.Most}.", HelpName = "number", DefaultValueFactory = _ => 20 };
        var offset = Offset();
        var command = new Command("runs", "Runs that have ended, the latest first.") { job, limit, offset };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new CronVerbs(context).RunsAsync(parsed.GetValue(job), Math.Clamp(parsed.GetValue(limit), 1, CronRunsParams.Most), Math.Max(0, parsed.GetValue(offset)), cancellation)));
        return command;
    }

    private static Command Enabling(CommandShell shell, string verb, bool enabled, string purpose)
    {
        var job = Job();
        var command = new Command(verb, purpose) { job };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new CronVerbs(context).EnableAsync(parsed.GetRequiredValue(job), enabled, cancellation)));
        return command;
    }

    private static Command Remove(CommandShell shell)
    {
        var job = Job();
        var command = new Command("remove", "Remove a job with its history; what runs of it is ended.") { job };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new CronVerbs(context).RemoveAsync(parsed.GetRequiredValue(job), cancellation)));
        return command;
    }

    private static Argument<string> Job() => new("job") { Description = "The job: its id, the start of it, or its name." };

    private static Option<int> Offset() => new("--offset") { Description = "How many to leave out.", HelpName = "number" };
}
