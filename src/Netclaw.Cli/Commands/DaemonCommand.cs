using System.CommandLine;
using Netclaw.Cli.Daemon;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw daemon …</c>: the daemon of this home.</summary>
internal static class DaemonCommand
{
    public static Command Build(CommandShell shell) => new("daemon", "The daemon of this home: run, start, stop, install it as a service, and pair devices with it.")
    {
        Run(shell), Start(shell), Stop(shell), Status(shell), ServiceCommands.Install(shell), ServiceCommands.Uninstall(shell), Pair(shell), DevicesOfDaemon(shell),
    };

    private static Command Run(CommandShell shell)
    {
        var listen = UpCommands.Listen();
        var command = new Command("run", "Run the daemon in the foreground: this process becomes netclawd.") { listen };
        command.SetAction(shell.Streaming((parsed, context, _) => Task.FromResult(new DaemonVerbs(context).Run(parsed.GetValue(listen)))));
        return command;
    }

    private static Command Start(CommandShell shell)
    {
        var listen = UpCommands.Listen();
        var command = new Command("start", "Start the daemon in the background and wait until it is ready.") { listen };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new DaemonVerbs(context).StartAsync(parsed.GetValue(listen), cancellation)));
        return command;
    }

    private static Command Stop(CommandShell shell)
    {
        var force = UpCommands.Force();
        var command = new Command("stop", "Ask the daemon to finish what is open and exit.") { force };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new DaemonVerbs(context).StopAsync(parsed.GetValue(force), cancellation)));
        return command;
    }

    private static Command Status(CommandShell shell)
    {
        var command = new Command("status", "Whether the daemon runs and is ready; exit code 69 when it does not run.");
        command.SetAction(shell.Reporting((_, context, cancellation) => new DaemonStatusVerb(context).RunAsync(cancellation)));
        return command;
    }

    private static Command Pair(CommandShell shell)
    {
        var role = ScopeOptions.Role("What the device may connect as: operator or node.");
        var scopes = ScopeOptions.Scopes("What the device may do; default: read, write, approvals, pairing.");
        var admin = new Option<bool>("--admin") { Description = "Let the device do everything, secrets included." };
        var name = new Option<string?>("--name") { Description = "What to call the device; default: what it calls itself.", HelpName = "name" };
        var qr = QrOptions.Qr();
        var noQr = QrOptions.NoQr();
        var command = new Command("pair", "Make a pairing code and say what to type on the other device.") { role, scopes, admin, name, qr, noQr };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new MintCode(context).RunAsync(
            new MintRequest(
                parsed.GetValue(role), ScopesOf(parsed.GetValue(scopes), parsed.GetValue(admin)), parsed.GetValue(name), QrOptions.Read(parsed, qr, noQr)),
            cancellation)));
        return command;
    }

    private static ScopeSet? ScopesOf(ScopeSet? named, bool admin) => admin ? (named ?? ScopeSet.DeviceDefault) | new ScopeSet(Scope.Admin) : named;

    private static Command DevicesOfDaemon(CommandShell shell)
    {
        var all = DevicesCommand.All();
        var command = new Command("devices", "The same as netclaw devices list.") { all };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new DeviceVerbs(context).ListAsync(parsed.GetValue(all), cancellation)));
        return command;
    }
}
