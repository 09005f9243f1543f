using System.Collections.Immutable;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>Finds the one node or request that somebody means, as <see cref="Pick"/> does for devices.</summary>
internal static class PickNode
{
    private const int ShortId = 8;

    /// <summary>With or without the <c>d_</c> of a device's id.</summary>
    public static NodeRow Node(string typed, ImmutableArray<NodeRow> nodes)
    {
        var id = typed.StartsWith("d_", StringComparison.Ordinal) ? typed[2..] : typed;
        var found = Pick.One(id, nodes, node => node.NodeId, node => node.DisplayName ?? "", Shown);
        return found ?? throw new CommandFailure(RefusalCode.DeviceNotFound, NotFound(typed, nodes), "netclaw nodes list");
    }

    /// <summary>A whole id that is not on the list is passed on: the gateway knows what became of it.</summary>
    public static PairingRequestId Request(string typed, ImmutableArray<PendingNode> pending)
    {
        if (Pick.One(typed, pending, request => request.RequestId.ToString(), request => request.DisplayName, Shown) is { } found)
        {
            return found.RequestId;
        }

        var waiting = pending.IsEmpty ? "None is waiting." : $"Waiting: {string.Join(", ", pending.Select(Shown))}.";
        return PairingRequestId.TryParse(typed, out var id)
            ? id
            : throw new CommandFailure(RefusalCode.PairingRequestNotFound, $"No node's request matches '{typed}'. {waiting}", "netclaw nodes list");
    }

    /// <summary>Enough to tell nodes apart on a screen.</summary>
    public static string Short(string nodeId) => DeviceId.TryParseHex(nodeId, out _) ? nodeId[..ShortId] : nodeId;

    private static string Shown(NodeRow node) => $"{Short(node.NodeId)} ({node.DisplayName})";

    private static string Shown(PendingNode request) => $"{request.RequestId} ({request.DisplayName})";

    private static string NotFound(string typed, ImmutableArray<NodeRow> nodes)
    {
        var nearest = NearestName.To(typed, nodes.Select(node => node.DisplayName ?? ""));
        return $"No node matches '{typed}'.{(string.IsNullOrEmpty(nearest) ? "" : $" Did you mean '{nearest}'?")}";
    }
}
