using System.Collections.Frozen;
using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>
/// Which commands may be routed to nodes at all, whoever approved what (gateway-protocol.md 6.4). A command that this table does not know, or knows as dangerous,
/// has to be allowed by name in <c>nodes.commands.allow</c>; <c>nodes.commands.deny</c> has the last word.
/// </summary>
/// <param name="Allow">Names of commands.</param>
/// <param name="Deny">Names of commands.</param>
public sealed record CommandPolicy(FrozenSet<string> Allow, FrozenSet<string> Deny)
{
    /// <summary>What any node may lend once its surface is approved.</summary>
    private static readonly FrozenSet<string> Ordinary = new[]
    {
        "system.run", "system.run.prepare", "system.which", "system.notify", "system.execApprovals.get", "system.execApprovals.set", "fs.listDir", "terminal.upload",
        "browser.proxy", "browser.proxy.upload.v1", "mcp.tools.call.v1", "agent.cli.claude.run.v1", "screen.snapshot", "desktop.stream", "computer.act",
        "device.info", "device.status", "camera.list", "location.get",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>They run code, read files or drive a browser on the node: admin approves them.</summary>
    private static readonly FrozenSet<string> Powerful = new[]
    {
        "system.run", "system.run.prepare", "system.which", "system.execApprovals.get", "system.execApprovals.set", "browser.proxy", "browser.proxy.upload.v1", "fs.listDir", "terminal.upload",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>They take admin of whoever invokes them, besides.</summary>
    private static readonly FrozenSet<string> AdminOnly = new[] { "browser.proxy", "browser.proxy.upload.v1", "fs.listDir", "terminal.upload" }.ToFrozenSet(StringComparer.Ordinal);

    public static CommandPolicy Default { get; } = new(FrozenSet<string>.Empty, FrozenSet<string>.Empty);

    public bool Allows(string command) => !Deny.Contains(command) && (Ordinary.Contains(command) || Allow.Contains(command));

    public static bool IsPowerful(string command) => Powerful.Contains(command);

    /// <summary>What is left of a declared surface, sorted.</summary>
    public ImmutableArray<string> Filter(IEnumerable<string> commands) => [.. commands.Where(Allows).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The scopes it takes to approve a surface with these commands.</summary>
    public static ScopeSet NeededToApprove(IReadOnlyCollection<string> commands) => commands switch
    {
        { Count: 0 } => new ScopeSet(Scope.Pairing),
        _ when commands.Any(Powerful.Contains) => new ScopeSet(Scope.Pairing | Scope.Admin),
        _ => new ScopeSet(Scope.Pairing | Scope.Write),
    };

    /// <summary>The scope it takes to invoke a command.</summary>
    public static Scope NeededToInvoke(string command) => AdminOnly.Contains(command) ? Scope.Admin : Scope.Write;
}
