using System.Collections.Immutable;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>What nodes ask for, then nodes, as tables; one node as a sheet.</summary>
internal static class NodeTables
{
    public static void Print(NodesReport report, Screen screen, DateTimeOffset now)
    {
        if (report.Pending is { IsEmpty: false } pending)
        {
            screen.Line(screen.Bold($"{Spoken.Count(pending.Length, "node")} asking to lend commands; to allow it: netclaw nodes approve <id>"));
            screen.Lines(Pending(pending, now).Lines(screen.Width));
            screen.Line();
        }

        screen.Lines(Nodes(report.Nodes, now).Lines(screen.Width));
    }

    public static void Print(NodeRow node, Screen screen, DateTimeOffset now) => screen.Lines(Sheet(node, now).Lines(screen.Width));

    public static Table Pending(ImmutableArray<PendingNode> pending, DateTimeOffset now)
    {
        var table = new Table("ID", "NODE", "COMMANDS", "TAKES", "FROM", "EXPIRES") { Flexible = ["NODE", "COMMANDS", "FROM"] };
        foreach (var request in pending)
        {
            table.Add(
                request.RequestId.ToString(), request.DisplayName, Listed(request.Commands), Spoken.Scopes(request.RequiredApproveScopes), request.RemoteIp ?? "-",
                Spoken.In(request.ExpiresAtMs, now));
        }

        return table;
    }

    public static Table Nodes(ImmutableArray<NodeRow> nodes, DateTimeOffset now)
    {
        var table = new Table("ID", "NAME", "STATE", "SEEN", "COMMANDS") { Flexible = ["NAME", "COMMANDS"] };
        foreach (var node in nodes)
        {
            table.Add(PickNode.Short(node.NodeId), node.DisplayName ?? "-", node.ApprovalState, Seen(node, now), Listed(node.Commands));
        }

        return table;
    }

    public static Sheet Sheet(NodeRow node, DateTimeOffset now) => new Sheet()
        .Add("node", $"{node.DisplayName}  {node.NodeId}")
        .Add("state", node.ApprovalState + (node.PendingRequestId is { } request ? $"; to allow what it asks for: netclaw nodes approve {request}" : ""))
        .Add("paired", node.Paired ? null : "no: internal, and good for this one connection")
        .Add("seen", Seen(node, now))
        .Add("client", node.ClientId is null ? null : $"{node.ClientId} {node.Version}, {node.Platform}")
        .Add("address", node.RemoteIp)
        .Add("capabilities", string.Join(' ', node.Caps))
        .Add("commands", Listed(node.Commands))
        .Add("declared", node.DeclaredCommands is { } declared ? Listed(declared) : null)
        .Add("approved", node.ApprovedAtMs is { } approved ? Spoken.Ago(approved, now) : null)
        .Add("path", node.PathEnv);

    private static string Listed(ImmutableArray<string> names) => names.IsEmpty ? "none" : string.Join(' ', names);

    private static string Seen(NodeRow node, DateTimeOffset now) => node switch
    {
        { Connected: true } => "connected",
        { LastSeenAtMs: { } seen } => Spoken.Ago(seen, now),
        _ => "-",
    };
}
