using Netclaw.Cli.Invocation;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Policy;

/// <summary>Asks the policy without a connection: netclawd itself answers, on this very stdin and stdout. No daemon need run.</summary>
internal static class PolicyVerbs
{
    /// <returns>Never; this process becomes netclawd.</returns>
    public static int Explain(CommandContext context) => new OfflineVerb(context).Become("policy-explain", ["--form", context.Options.Json ? "json" : "text"]);

    /// <inheritdoc cref="Explain"/>
    public static int Schema(CommandContext context) => new OfflineVerb(context).Become("policy-schema", []);
}
