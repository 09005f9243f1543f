using System.CommandLine;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw devices confirm</c>.</summary>
internal static class ConfirmCommand
{
    public static Command Build(CommandShell shell)
    {
        var id = new Argument<string?>("device") { Description = "The device: its id, the start of it, or its name.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Every suspended device." };
        var command = new Command("confirm", "Let a device in again that a restored backup suspended.") { id, all };
        command.Validators.Add(result =>
        {
            if (result.GetResult(id) is { Tokens.Count: > 0 } == result.GetValue(all))
            {
                result.AddError("Name one device, or say --all.");
            }
        });
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new ConfirmVerb(context).RunAsync(parsed.GetValue(id), cancellation)));
        return command;
    }
}
