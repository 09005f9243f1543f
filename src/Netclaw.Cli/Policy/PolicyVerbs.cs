using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Policy;

/// <summary>Asks the policy without a connection: netclawd itself answers, on this very stdin and stdout. No daemon need run.</summary>
internal static class PolicyVerbs
{
    /// <returns>Never; this process becomes netclawd.</returns>
    /// <exception cref="CommandFailure">netclawd is not there, or cannot be run.</exception>
    public static int Explain(CommandContext context) => Become(context, ["policy-explain", "--form", context.Options.Json ? "json" : "text"]);

    /// <inheritdoc cref="Explain"/>
    public static int Schema(CommandContext context) => Become(context, ["policy-schema"]);

    private static int Become(CommandContext context, string[] verb)
    {
        var executable = DaemonExecutable.Find(context.Host.Environment, context.Host.BaseDirectory);
        var seen = ProcessImage.Replace(executable, ["offline", .. verb, "--home", context.Home.Root], DaemonExecutable.Variables(context.Host.Environment));
        throw new CommandFailure(RefusalCode.PartMissing, $"{executable} could not be run: {seen}.", "ls -la " + executable);
    }
}
