using System.CommandLine;
using System.CommandLine.Parsing;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Runs;
using Netclaw.Protocol;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw spawn</c>: start something on the gateway's machine.</summary>
internal static class SpawnCommand
{
    public static Command Build(CommandShell shell)
    {
        var argv = new Argument<string[]>("argv") { Description = "A program and its arguments, behind --; never a shell's line.", Arity = ArgumentArity.ZeroOrMore };
        var task = new Option<string?>("--task") { Description = "What an agent is to do, instead of a program.", HelpName = "text" };
        var agent = new Option<string?>("--agent") { Description = "With --task: which agent; left out: the default one.", HelpName = "id" };
        var acp = new Option<bool>("--acp") { Description = "With --task: it has to be an agent that is a program." };
        var label = new Option<string?>("--label") { Description = "One line for people.", HelpName = "text" };
        var directory = new Option<string?>("--cwd") { Description = "Where the program is started, inside spawn.roots.", HelpName = "directory" };
        var runTimeout = new Option<TimeSpan?>("--run-timeout") { Description = "End it after this long; left out: spawn.timeoutSeconds.", HelpName = "time", CustomParser = Duration.Parse };
        var session = new Option<string?>("--session") { Description = "The conversation that is told of its end, such as agent:main:main.", HelpName = "key" };
        var scopes = ScopeOptions.Scopes("What it may do at the gateway; left out: read and write.");
        var cleanup = new Option<bool>("--delete") { Description = "With --task: delete its conversation once its end was told." };
        var wait = new Option<bool>("--wait") { Description = "Until it is over; fails when it ended otherwise than well." };
        var command = new Command("spawn", "Start a program or an agent's task on the gateway's machine, with a credential of its own for as long as it runs.")
        {
            argv, task, agent, acp, label, directory, runTimeout, session, scopes, cleanup, wait,
        };
        command.Validators.Add(result => OneOfBoth(result, argv, task, agent, acp, directory));
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
        {
            var given = parsed.GetValue(argv) ?? [];
            return new RunVerbs(context).SpawnAsync(
                new RunsSpawnParams(given.Length > 0 ? RunsSpawnParams.Command : parsed.GetValue(acp) ? RunsSpawnParams.Acp : RunsSpawnParams.Subagent)
                {
                    Argv = given.Length > 0 ? [.. given] : null,
                    Task = parsed.GetValue(task),
                    AgentId = parsed.GetValue(agent),
                    Label = parsed.GetValue(label),
                    Cwd = parsed.GetValue(directory) is { } typed ? Path.GetFullPath(typed) : null,
                    RunTimeoutSeconds = parsed.GetValue(runTimeout) is { } time ? (int)Math.Ceiling(time.TotalSeconds) : null,
                    ParentSessionKey = parsed.GetValue(session),
                    Scopes = parsed.GetValue(scopes),
                    Cleanup = parsed.GetValue(cleanup) ? RunsSpawnParams.Delete : null,
                },
                parsed.GetValue(wait), cancellation);
        }));
        return command;
    }

    private static void OneOfBoth(CommandResult result, Argument<string[]> argv, Option<string?> task, Option<string?> agent, Option<bool> acp, Option<string?> directory)
    {
        var program = result.GetValue(argv) is { Length: > 0 };
        if (program == result.GetValue(task) is { Length: > 0 })
        {
            result.AddError("Name a program behind --, or an agent's task with --task.");
        }
        else if (program && (result.GetValue(agent) is not null || result.GetValue(acp)))
        {
            result.AddError("--agent and --acp go with --task.");
        }
        else if (!program && result.GetValue(directory) is not null)
        {
            result.AddError("--cwd goes with a program; an agent's directory is a setting of the agent.");
        }
    }
}
