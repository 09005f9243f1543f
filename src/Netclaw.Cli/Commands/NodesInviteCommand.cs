using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw nodes invite</c>: a link by which one more machine joins.</summary>
internal static class NodesInviteCommand
{
    public static Command Build(CommandShell shell)
    {
        var name = new Option<string?>("--name") { Description = "What to call the node; default: what it calls itself.", HelpName = "name" };
        var url = new Option<string?>("--public-url") { Description = "Where the node reaches this gateway; default: exposure.externalUrl, else what the daemon listens on.", HelpName = "address" };
        var qr = QrOptions.Qr();
        var noQr = QrOptions.NoQr();
        var command = new Command("invite", "Make a link by which one more machine joins as a node, without a prompt. Good for one machine and ten minutes. Takes admin.") { name, url, qr, noQr };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new InviteNode(context).RunAsync(
            new InviteRequest(parsed.GetValue(name), parsed.GetValue(url), QrOptions.Read(parsed, qr, noQr)), cancellation)));
        return command;
    }
}
