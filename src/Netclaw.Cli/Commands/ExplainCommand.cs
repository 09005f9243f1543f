using System.CommandLine;
using Netclaw.Cli.Explaining;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw explain &lt;code&gt;</c>: what a refusal means and the command that leads out.</summary>
internal static class ExplainCommand
{
    public static Command Build(CommandShell shell)
    {
        var code = new Argument<string?>("code") { Description = "A code as errors show it; without one, all of them.", HelpName = "code", Arity = ArgumentArity.ZeroOrOne };
        code.CompletionSources.Add(_ => RefusalTable.All.Select(row => new System.CommandLine.Completions.CompletionItem(row.Name)));
        var command = new Command("explain", "What a code means, and the one command that leads out.") { code };
        command.SetAction(shell.Reporting((parsed, _, _) => Task.FromResult(ExplainCode.Run(parsed.GetValue(code)))));
        return command;
    }
}
