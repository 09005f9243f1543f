using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>One sample or more of every message about nodes.</summary>
internal static class NodeSamples
{
    private const long Ts = 1_764_331_200_000;
    private const string Node = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c";

    private static readonly PairingRequestId Request = PairingRequestId.TryParse("r_0123456789ab", out var id) ? id : throw new ArgumentException("no id");

    private static readonly ImmutableDictionary<string, bool> Permissions = ImmutableDictionary<string, bool>.Empty.Add("camera", false);

    private static readonly PendingNode Pending = new(Request, Node, "den", ["system"], ["system.run"], new ScopeSet(Scope.Pairing | Scope.Admin), Ts, Ts + 1)
    {
        ClientId = "node-host", ClientMode = "node", Platform = "linux", Version = "2026.9.6", DeviceFamily = "Linux", Permissions = Permissions, Silent = true, RemoteIp = "192.0.2.1",
    };

    private static readonly PendingNode LeastPending = new(Request, Node, "den", [], [], new ScopeSet(Scope.Pairing), Ts, Ts + 1);

    private static readonly PairedNode Paired = new(Node, "den", ["system"], ["system.run"], Ts, Ts + 1, "control:uid=1000", true)
    {
        ClientId = "node-host", ClientMode = "node", Platform = "linux", Version = "2026.9.6", DeviceFamily = "Linux", LastSeenAtMs = Ts + 2, LastSeenReason = "connect",
    };

    private static readonly PairedNode LeastPaired = new(Node, "den", [], [], Ts, Ts + 1, "control:uid=1000", false);

    private static readonly NodeRow Row = new(Node, ["system"], ["system.which"], NodeRow.PendingReapproval, true, true)
    {
        DisplayName = "den", ClientId = "node-host", ClientMode = "node", Platform = "linux", Version = "2026.9.6", DeviceFamily = "Linux", PathEnv = "/usr/bin", Permissions = Permissions,
        RemoteIp = "192.0.2.1", DeclaredCommands = ["system.run", "system.which"], PendingRequestId = Request, ConnectedAtMs = Ts, LastConnectedAtMs = Ts, LastSeenAtMs = Ts,
        LastSeenReason = "connect", ApprovedAtMs = Ts, Ts = Ts + 3,
    };

    private static readonly NodeRow LeastRow = new(Node, [], [], NodeRow.Unapproved, false, false);

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("NodePairListResult", new NodePairListResult([Pending, LeastPending], [Paired, LeastPaired])),
        ("PendingNode", Pending),
        ("PendingNode.least", LeastPending),
        ("PairedNode", Paired),
        ("PairedNode.least", LeastPaired),
        ("NodePairApproveParams", new NodePairApproveParams(Request)),
        ("NodePairApproveResult", new NodePairApproveResult(Request, Paired)),
        ("NodePairRejectParams", new NodePairRejectParams(Request)),
        ("NodePairRejectResult", new NodePairRejectResult(Request, Node)),
        ("NodePairRemoveParams", new NodePairRemoveParams(Node)),
        ("NodePairRemoveResult", new NodePairRemoveResult(Node, "den", true, 1)),
        ("NodePairResolved", new NodePairResolved(Node, NodePairResolved.Approved, Ts, Request)),
        ("NodePairResolved.least", new NodePairResolved(Node, NodePairResolved.Removed, Ts)),
        ("NodeListResult", new NodeListResult(Ts, [Row, LeastRow])),
        ("NodeDescribeParams", new NodeDescribeParams(Node)),
        ("NodeRow", Row),
        ("NodeRow.least", LeastRow),
        ("NodeRenameParams", new NodeRenameParams(Node, "attic")),
        ("NodeRenameResult", new NodeRenameResult(Node, "attic (2)")),
    ];
}
