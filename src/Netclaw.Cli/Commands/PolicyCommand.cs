using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Policy;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw policy …</c>: what a connection would get, and why, without making one.</summary>
internal static class PolicyCommand
{
    public static Command Build(CommandShell shell) => new("policy", "What a connection would get, and why.") { Explain(shell), Schema(shell) };

    private static Command Explain(CommandShell shell)
    {
        var command = new Command("explain",
            "Read a question from stdin, one JSON object, and say what the policy answers and by which checks. A stream of objects, one a line, gives a stream of answers. Exit code 64: a line was no question.");
        command.SetAction(shell.Streaming((_, context, _) => Task.FromResult(PolicyVerbs.Explain(context))));
        return command;
    }

    private static Command Schema(CommandShell shell)
    {
        var command = new Command("schema", "The JSON Schema of a question.");
        command.SetAction(shell.Streaming((_, context, _) => Task.FromResult(PolicyVerbs.Schema(context))));
        return command;
    }
}
