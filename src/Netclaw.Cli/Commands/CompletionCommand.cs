using System.CommandLine;
using Netclaw.Cli.Completion;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw completion &lt;shell&gt;</c>: the script that makes the tab key work.</summary>
internal static class CompletionCommand
{
    public static Command Build(CommandShell shell)
    {
        var name = new Argument<string>("shell") { Description = "bash, zsh or fish.", HelpName = "shell" };
        name.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print the completion script of a shell.") { name };
        command.SetAction(shell.Reporting((parsed, _, _) => Task.FromResult(CompletionScript.For(parsed.GetRequiredValue(name)))));
        return command;
    }
}
