using System.CommandLine;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw pair &lt;url&gt;</c>: on the device that wants in.</summary>
internal static class PairCommand
{
    public static Command Build(CommandShell shell)
    {
        var target = new Argument<string>("url") { Description = "The gateway's address, or a netclaw://pair or oc-pair:// link." };
        var codeStdin = new Option<bool>("--code-stdin") { Description = "Read the pairing code from the first line of stdin." };
        var request = new Option<bool>("--request") { Description = "Ask without a code and wait until an operator approves." };
        var tokenFile = new Option<string?>("--legacy-token-file") { Description = "Enrol by the token that an earlier gateway gave this device: a file that holds it alone, or that gateway's secrets.json. Good once, on this machine or over https.", HelpName = "path" };
        var tokenStdin = new Option<bool>("--legacy-token-stdin") { Description = "The same, from the first line of stdin." };
        var name = new Option<string?>("--name") { Description = "What this device is called; default: the host's name.", HelpName = "name" };
        var role = ScopeOptions.Role("What to connect as: operator or node.");
        var scopes = ScopeOptions.Scopes("What to ask for; default: what the code offers, or (by request) read, write, approvals, pairing.");
        var yes = new Option<bool>("--yes") { Description = "Do not ask whether to trust a link's gateway." };
        var command = new Command("pair", "Pair this home with a gateway: by code, by request, or once by the token of an earlier gateway.") { target, codeStdin, request, tokenFile, tokenStdin, name, role, scopes, yes };
        command.Validators.Add(result =>
        {
            if (result.GetValue(codeStdin) && result.GetValue(request))
            {
                result.AddError("--code-stdin and --request exclude each other.");
            }

            var byToken = new[] { result.GetValue(tokenFile) is not null, result.GetValue(tokenStdin) }.Count(given => given);
            if (byToken > 1 || (byToken == 1 && (result.GetValue(codeStdin) || result.GetValue(request) || result.GetValue(name) is not null || result.GetValue(role) == Role.Node)))
            {
                result.AddError("--legacy-token-file and --legacy-token-stdin exclude each other, --code-stdin, --request, --name and --role node: the device keeps its name and is an operator's.");
            }
        });
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new PairDevice(context).RunAsync(
            new PairRequest(
                parsed.GetRequiredValue(target), parsed.GetValue(request), parsed.GetValue(codeStdin), parsed.GetValue(name), parsed.GetValue(role),
                parsed.GetValue(scopes), parsed.GetValue(yes), parsed.GetValue(tokenFile), parsed.GetValue(tokenStdin)),
            cancellation)));
        return command;
    }
}
