using System.CommandLine;
using Netclaw.Cli.Doctoring;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw doctor …</c>: what is wrong, and what mends it.</summary>
internal static class DoctorCommand
{
    public static Command Build(CommandShell shell) => new("doctor", "Find out what is wrong, and what mends it.") { Proxy(shell) };

    private static Command Proxy(CommandShell shell)
    {
        var password = new Option<bool>("--password-stdin") { Description = "Read user:password for the proxy from the first line of stdin." };
        var command = new Command("proxy",
            "Send one request through the proxy in front of this gateway and say which part of its behaviour is wrong. The proxy is at exposure.externalUrl, or at --url. Exit code 1: errors; 2: only warnings.")
        {
            password,
        };
        command.SetAction(shell.Streaming((parsed, context, cancellation) => new ProxyDoctor(context).RunAsync(parsed.GetValue(password), cancellation)));
        return command;
    }
}
