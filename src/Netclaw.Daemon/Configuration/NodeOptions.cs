using System.Collections.Frozen;
using System.Collections.Immutable;
using Netclaw.Actors.Nodes;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>nodes</c>: which commands may be routed to nodes at all, whatever an operator approved.</summary>
public sealed class NodeOptions
{
    /// <summary>Commands beyond the ordinary ones, by name. Default none: what takes pictures, records, reads messages or writes to calendars, and what this gateway does not know, has to be named here.</summary>
    public ImmutableArray<string> Allow { get; init; } = [];

    /// <summary>Commands that are never routed, ordinary and approved ones included. Default none. It has the last word.</summary>
    public ImmutableArray<string> Deny { get; init; } = [];

    internal CommandPolicy ToPolicy() => new(Allow.ToFrozenSet(StringComparer.Ordinal), Deny.ToFrozenSet(StringComparer.Ordinal));

    internal static NodeOptions Read(ConfigSection section)
    {
        var commands = section.Section("commands", "Which commands may be routed to nodes, once an operator has approved them.");
        var options = new NodeOptions
        {
            Allow = commands.Read("allow", [], Forms.Commands, "Commands beyond the ordinary ones, by name, such as camera.snap."),
            Deny = commands.Read("deny", [], Forms.Commands, "Commands that are never routed, ordinary ones included, such as system.run; it has the last word."),
        };
        commands.RejectUnknown();
        section.RejectUnknown();
        return options;
    }
}

public sealed class NodeOptionsValidator : ConfigValidator<NodeOptions>
{
    public override IEnumerable<ConfigProblem> Check(NodeOptions options) =>
        from command in options.Allow.Intersect(options.Deny, StringComparer.Ordinal)
        select new ConfigProblem("nodes.commands.allow", command, "This command is denied as well.", "Keep it in one of nodes.commands.allow and nodes.commands.deny.");
}
