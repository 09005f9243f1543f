using System.CommandLine;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw devices rename|scopes|rotate</c>.</summary>
internal static class DeviceChangeCommands
{
    public static Command Rename(CommandShell shell)
    {
        var id = Device();
        var name = new Argument<string>("name") { Description = "1-64 characters; one that is in use gets a number behind it." };
        var command = new Command("rename", "Call a device something else.") { id, name };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new ChangeVerbs(context).RenameAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(name), cancellation)));
        return command;
    }

    public static Command Scopes(CommandShell shell)
    {
        var id = Device();
        var set = ScopeOptions.Named("--set", "Exactly these.");
        var add = ScopeOptions.Named("--add", "These too; you must hold them yourself.");
        var remove = ScopeOptions.Named("--remove", "These no more.");
        var command = new Command("scopes", "Change what a device may do; connections that held more are closed before this returns.") { id, set, add, remove };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new ChangeVerbs(context).ScopesAsync(
            parsed.GetRequiredValue(id), new ScopesWanted(parsed.GetValue(set), parsed.GetValue(add), parsed.GetValue(remove)), cancellation)));
        return command;
    }

    public static Command Rotate(CommandShell shell)
    {
        var id = new Argument<string?>("device") { Description = "The protocol device: its id, the start of it, or its name.", Arity = ArgumentArity.ZeroOrOne };
        var role = ScopeOptions.Role("The role that the token is for; the device's only one unless said.");
        var scopes = ScopeOptions.Scopes("Give the token these instead of what the one before had.");
        var file = new Option<string?>("--out") { Description = "Write the token to this new file instead of showing it.", HelpName = "file" };
        var command = new Command("rotate", "A new key for this device; or, with a protocol device named, a new token for that one, shown once. What the former opened is closed.") { id, role, scopes, file };
        command.Validators.Add(result =>
        {
            string[] lost = [.. new Option[] { role, scopes, file }.Where(option => result.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
            if (lost.Length > 0 && result.GetResult(id) is not { Tokens.Count: > 0 })
            {
                result.AddError($"{string.Join(", ", lost)} {(lost.Length == 1 ? "goes" : "go")} with a named protocol device, for a new token: netclaw devices rotate <device>. "
                    + "Without one, this device gets a new key, and nothing else changes.");
            }
        });
        command.SetAction(shell.Reporting((parsed, context, cancellation) => parsed.GetValue(id) is { } device
            ? new RotateVerbs(context).TokenAsync(
                new TokenRotation(device, parsed.GetResult(role) is { Implicit: false } ? parsed.GetValue(role) : null, parsed.GetValue(scopes), parsed.GetValue(file)), cancellation)
            : new RotateOwnKey(context).RunAsync(cancellation)));
        return command;
    }

    private static Argument<string> Device() => new("device") { Description = "The device: its id, the start of it, or its name." };
}
