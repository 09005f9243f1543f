using System.CommandLine;
using Netclaw.Cli.Daemon;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw up</c> and <c>netclaw down</c>: the whole thing in one word.</summary>
internal static class UpCommands
{
    public static Command Up(CommandShell shell)
    {
        var listen = Listen();
        var noCode = new Option<bool>("--no-code") { Description = "Do not make a pairing code." };
        var qr = QrOptions.Qr();
        var noQr = QrOptions.NoQr();
        var command = new Command("up", "Start the daemon if it is not running, and show what stands and how to pair a device.") { listen, noCode, qr, noQr };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new Up(context).RunAsync(
            new UpRequest(parsed.GetValue(listen), !parsed.GetValue(noCode), QrOptions.Read(parsed, qr, noQr)), cancellation)));
        return command;
    }

    public static Command Down(CommandShell shell)
    {
        var force = Force();
        var command = new Command("down", "Stop the daemon of this home; nothing to do when none runs.") { force };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new DaemonVerbs(context).DownAsync(parsed.GetValue(force), cancellation)));
        return command;
    }

    public static Option<string?> Listen() => new("--listen")
    {
        Description = "Listen here instead of where netclaw.json says; port 0 takes a free one.", HelpName = "address:port",
    };

    public static Option<bool> Force() => new("--force") { Description = "Kill it if it does not stop by itself." };
}
