using System.CommandLine;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw devices …</c>: who is paired, and who asks to be.</summary>
internal static class DevicesCommand
{
    public static Command Build(CommandShell shell) => new("devices", "Devices that are paired, and those that ask to be.")
    {
        List(shell), Approve(shell), Reject(shell), Revoke(shell), DeviceChangeCommands.Rename(shell), DeviceChangeCommands.Scopes(shell),
        DeviceChangeCommands.Rotate(shell), ConfirmCommand.Build(shell), AutoApproveCommand.Build(shell),
    };

    public static Option<bool> All() => new("--all") { Description = "Revoked devices too." };

    private static Command List(CommandShell shell)
    {
        var all = All();
        var command = new Command("list", "Pending requests with their check symbols, then paired devices.") { all };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new DeviceVerbs(context).ListAsync(parsed.GetValue(all), cancellation)));
        return command;
    }

    private static Command Approve(CommandShell shell)
    {
        var id = new Argument<string>("id") { Description = "The request: its id, the start of it, or the device's name." };
        var symbols = new Option<string?>("--symbols") { Description = "The check symbols that the device shows; asked for on a terminal.", HelpName = "XXXX-XXXX" };
        var scopes = ScopeOptions.Scopes("Grant these instead of what the device asks for.");
        var name = new Option<string?>("--name") { Description = "Call the device this instead.", HelpName = "name" };
        var command = new Command("approve", "Let a waiting device in.") { id, symbols, scopes, name };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new DeviceVerbs(context).ApproveAsync(
            new ApproveRequest(parsed.GetRequiredValue(id), parsed.GetValue(symbols), parsed.GetValue(scopes), parsed.GetValue(name)), cancellation)));
        return command;
    }

    private static Command Reject(CommandShell shell)
    {
        var id = new Argument<string>("id") { Description = "The request: its id, the start of it, or the device's name." };
        var reason = Reason();
        var command = new Command("reject", "Turn a waiting device away.") { id, reason };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new DeviceVerbs(context).RejectAsync(parsed.GetRequiredValue(id), parsed.GetValue(reason), cancellation)));
        return command;
    }

    private static Command Revoke(CommandShell shell)
    {
        var id = new Argument<string>("device") { Description = "The device: its id, the start of it, or its name." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var reason = Reason();
        var command = new Command("revoke", "Shut a device out; its live connections are closed before this returns.") { id, yes, reason };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new DeviceVerbs(context).RevokeAsync(parsed.GetRequiredValue(id), parsed.GetValue(reason), parsed.GetValue(yes), cancellation)));
        return command;
    }

    private static Option<string?> Reason() => new("--reason") { Description = "Told to the device.", HelpName = "text" };
}
