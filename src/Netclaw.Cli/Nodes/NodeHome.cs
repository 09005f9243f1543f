using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>A node is a device of its own: its key and its gateway are kept in a home inside the home, beside whatever this home is an operator of.</summary>
internal static class NodeHome
{
    private const string Folder = "node";

    /// <summary>The same command, in the node's home.</summary>
    public static CommandContext Of(CommandContext context)
    {
        var root = Path.Combine(context.Home.Root, Folder);
        var host = context.Host;
        return new CommandContext(
            new CliHost(name => name == NetclawHome.Variable ? root : host.Environment(name), host.Terminal, host.Time, host.BaseDirectory), context.Options);
    }
}
