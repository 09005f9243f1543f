using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Nodes;

public sealed class NodeTablesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly string Den = new('a', 64);
    private static readonly string Attic = "b" + new string('a', 63);
    private static readonly PairingRequestId Request = PairingRequestId.TryParse("r_00000000000a", out var id) ? id : throw new ArgumentException("no id");

    private static readonly ImmutableArray<NodeRow> Nodes =
    [
        new NodeRow(Den, ["system"], ["system.run", "system.which"], NodeRow.Approved, true, true) { DisplayName = "den", LastSeenAtMs = Ms(0) },
        new NodeRow(Attic, [], [], NodeRow.PendingApproval, true, false) { DisplayName = "attic", LastSeenAtMs = Ms(-60), PendingRequestId = Request, DeclaredCommands = ["system.run"] },
        new NodeRow("n_0000000000000001", [], [], NodeRow.Unapproved, false, true) { DisplayName = "helper" },
    ];

    private static readonly PendingNode Pending = new(Request, Attic, "attic", ["system"], ["system.run"], new ScopeSet(Scope.Pairing | Scope.Admin), Ms(-60), Ms(90)) { RemoteIp = "192.0.2.1" };

    [Fact]
    public void Shows_WhatEachNodeMayBeAsked_AndWhenItWasSeen()
    {
        Assert.Equal(
            [
                "ID                  NAME    STATE             SEEN       COMMANDS",
                "aaaaaaaa            den     approved          connected  system.run system.which",
                "baaaaaaa            attic   pending-approval  60 s ago   none",
                "n_0000000000000001  helper  unapproved        connected  none",
            ],
            NodeTables.Nodes(Nodes, Now).Lines(120).Select(line => line.TrimEnd()));
        Assert.Equal("r_00000000000a  attic  system.run  admin, pairing  192.0.2.1  in 90 s", NodeTables.Pending([Pending], Now).Lines(120).Last().TrimEnd());
    }

    [Fact]
    public void Fits_EightyColumns_WithEverythingLong()
    {
        ImmutableArray<string> commands = [.. Enumerable.Range(0, 40).Select(number => $"system.command{number}")];
        var node = Nodes[1] with { DisplayName = new string('n', 64), Commands = commands };
        var asked = Pending with { DisplayName = new string('n', 64), Commands = commands, RemoteIp = "2001:db8:1234:5678:9abc:def0:1234:5678" };

        Assert.All(NodeTables.Nodes([node], Now).Lines(80), line => Assert.True(line.Length <= 80, line));
        Assert.All(NodeTables.Pending([asked], Now).Lines(80), line => Assert.True(line.Length <= 80, line));
        Assert.All(NodeTables.Sheet(node, Now).Lines(80), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Tells_HowToAllow_WhatANodeAsksFor()
    {
        var lines = NodeTables.Sheet(Nodes[1], Now).Lines(120).ToList();

        Assert.Contains(lines, line => line.EndsWith("pending-approval; to allow what it asks for: netclaw nodes approve r_00000000000a", StringComparison.Ordinal));
        Assert.Contains("declared  system.run", lines);
        Assert.Contains(NodeTables.Sheet(Nodes[2], Now).Lines(120), line => line.Contains("internal", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("den")]
    [InlineData("aa")]
    [InlineData("d_aa")]
    public void Picks_ANode_ByNameOrId(string typed) => Assert.Equal(Den, PickNode.Node(typed, Nodes).NodeId);

    [Fact]
    public void Picks_ARequest_ByIdOrNodeName_AndPassesOnAWholeIdThatIsGone()
    {
        Assert.Equal(Request, PickNode.Request("r_0000", [Pending]));
        Assert.Equal(Request, PickNode.Request("attic", [Pending]));
        Assert.Equal(Request, PickNode.Request("r_00000000000a", []));
    }

    [Fact]
    public void Refuses_WhatMatchesNothing_WithTheNearestName_AndOneCommand()
    {
        var node = Assert.Throws<CommandFailure>(() => PickNode.Node("atic", Nodes));
        Assert.Equal(("device_not_found", "No node matches 'atic'. Did you mean 'attic'?", "netclaw nodes list"), (node.Error.Code, node.Error.Message, node.Error.Remedy));
        var request = Assert.Throws<CommandFailure>(() => PickNode.Request("cellar", [Pending]));
        Assert.Equal(("pairing_request_not_found", "netclaw nodes list"), (request.Error.Code, request.Error.Remedy));
    }

    private static long Ms(int seconds) => Now.AddSeconds(seconds).ToUnixTimeMilliseconds();
}
