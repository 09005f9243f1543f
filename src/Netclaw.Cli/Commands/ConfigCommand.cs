using System.CommandLine;
using Netclaw.Cli.Configuration;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw config …</c>: netclaw.json of this home, with the daemon up or down.</summary>
internal static class ConfigCommand
{
    public static Command Build(CommandShell shell) => new("config", "The settings of this home: check netclaw.json, show what is in force, print its schema.")
    {
        Check(shell), Show(shell), Schema(shell),
    };

    private static Command Check(CommandShell shell)
    {
        var file = FileOption("Check this file instead of the home's.");
        var command = new Command("check", "Whether a daemon would start with netclaw.json: every problem and every warning, each with the key to set; exit code 78 with problems, 2 with warnings only.") { file };
        command.SetAction(shell.Streaming((parsed, context, cancellation) => new CheckConfig(context).RunAsync(parsed.GetValue(file), cancellation)));
        return command;
    }

    private static Command Show(CommandShell shell)
    {
        var file = FileOption("Show this file instead of the home's.");
        var changed = new Option<bool>("--changed") { Description = "Only what is not left at its default." };
        var command = new Command("show", "Every setting as it is in force, and where it comes from; secrets are never shown.") { file, changed };
        command.SetAction(shell.Streaming((parsed, context, cancellation) => new ShowConfig(context).RunAsync(parsed.GetValue(file), parsed.GetValue(changed), cancellation)));
        return command;
    }

    private static Command Schema(CommandShell shell)
    {
        var command = new Command("schema", "The JSON Schema (draft 2020-12) of netclaw.json, for editors and for checks elsewhere.");
        command.SetAction(shell.Streaming((_, context, cancellation) => new ConfigSchema(context).RunAsync(cancellation)));
        return command;
    }

    private static Option<string?> FileOption(string description) => new("--file") { Description = description, HelpName = "path" };
}
