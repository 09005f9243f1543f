using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Service;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw daemon install|uninstall</c>: the daemon as a systemd service.</summary>
internal static class ServiceCommands
{
    public static Command Install(CommandShell shell)
    {
        var system = System();
        var directory = Directory();
        var dryRun = DryRun();
        var force = new Option<bool>("--force") { Description = "Replace a unit that was edited, or that somebody else wrote; it is kept beside the new one." };
        var user = new Option<string?>("--user") { Description = "Who a system unit runs as; default: the owner of the home.", HelpName = "name" };
        var print = new Option<bool>("--print") { Description = "Print the unit, write nothing." };
        var enable = new Option<bool>("--enable") { Description = "Have systemd start it with the machine, or with your first login." };
        var start = new Option<bool>("--start") { Description = "Have systemd start it now." };
        var command = new Command("install", "Write a systemd unit that runs the daemon of this home: your own, or with --system (and for root) the machine's.")
        {
            system, user, directory, print, dryRun, enable, start, force,
        };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new InstallService(context).RunAsync(
            new InstallRequest(
                parsed.GetValue(system), parsed.GetValue(user), parsed.GetValue(directory), parsed.GetValue(print), parsed.GetValue(dryRun), parsed.GetValue(force),
                parsed.GetValue(enable), parsed.GetValue(start)),
            cancellation)));
        return command;
    }

    public static Command Uninstall(CommandShell shell)
    {
        var system = System();
        var directory = Directory();
        var dryRun = DryRun();
        var force = new Option<bool>("--force") { Description = "Remove a unit that was edited, or that somebody else wrote; it is kept under another name." };
        var command = new Command("uninstall", "Stop the daemon's systemd unit and remove it; the home stays.") { system, directory, dryRun, force };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new UninstallService(context).RunAsync(
            new UninstallRequest(parsed.GetValue(system), parsed.GetValue(directory), parsed.GetValue(dryRun), parsed.GetValue(force)), cancellation)));
        return command;
    }

    private static Option<bool> System() => new("--system") { Description = "The machine's unit instead of your own; needs root." };

    private static Option<string?> Directory() => new("--unit-dir") { Description = "Where the unit file is, if not where systemd looks first.", HelpName = "path" };

    private static Option<bool> DryRun() => new("--dry-run") { Description = "Say what would be done, and do nothing." };
}
