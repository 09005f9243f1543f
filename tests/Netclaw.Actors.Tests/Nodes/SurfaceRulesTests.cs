using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Nodes;

public sealed class SurfaceRulesTests
{
    private const int Node = 1;

    private readonly TestRegistry _registry = new();

    public SurfaceRulesTests() => Pair(Node, Role.Node);

    private SurfaceRequest Only => Assert.Single(_registry.State.SurfaceRequests.Values);

    [Fact]
    public void Asks_Once_ForAFirstSurface_AndLendsItWhenAnOperatorSaysSo()
    {
        var declared = Declare("system.run", "system.which");

        Assert.True(declared.IsNew);
        Assert.Empty(_registry.State.Surfaces);
        var approved = Approve(declared.Request!.Id);

        Assert.Equal<string>(["system.run", "system.which"], approved.Surface.Commands);
        Assert.Equal("control:uid=1000", _registry.State.Surfaces[Id(Node)].By);
        Assert.Empty(_registry.State.SurfaceRequests);
    }

    [Fact]
    public void Asks_Nothing_ForAnEmptySurface_OrOneWithinTheApprovedOne()
    {
        Assert.Null(_registry.Do<RegistryReply.SurfaceDeclared>((id, now) => new RegistryCommand.DeclareSurface(id, now, Id(Node), [], [], "")).Request);
        Approve(Declare("system.run", "system.which").Request!.Id);

        Assert.Null(Declare("system.which").Request);
        Assert.Empty(_registry.Last.Events);
        Assert.Null(Declare("system.run", "system.which").Request);
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Keeps_TheId_WhenTheSameIsAskedAgain_WithAFreshDeadline()
    {
        var first = Declare("system.run").Request!;
        _registry.Now += TimeSpan.FromMinutes(4);

        var again = Declare("system.run");

        Assert.False(again.IsNew);
        Assert.Equal((first.Id, first.FirstAt, _registry.Now), (Only.Id, Only.FirstAt, Only.LastAt));
    }

    [Fact]
    public void Supersedes_WhatIsAskedDifferently_AndMergesNothing()
    {
        var first = Declare("device.info").Request!;

        var second = Declare("system.run");

        Assert.Equal((true, first.Id), (second.IsNew, second.Gone));
        Assert.Equal<string>(["system.run"], Only.Commands);
        _registry.Refuses(RefusalCode.PairingRequestSuperseded, (id, now) => new RegistryCommand.ApproveSurface(id, now, first.Id, Operator));
    }

    [Fact]
    public void Withdraws_TheRequest_WhenTheNodeOffersNoMoreThanItMay()
    {
        Approve(Declare("device.info").Request!.Id);
        var wider = Declare("device.info", "system.run").Request!;
        Assert.True(wider.Again);

        Assert.Equal(wider.Id, Declare("device.info").Gone);

        Assert.Empty(_registry.State.SurfaceRequests);
        Assert.Equal<string>(["device.info"], _registry.State.Surfaces[Id(Node)].Commands);
    }

    [Fact]
    public void Keeps_WhatWasApproved_WhileAWiderSurfaceWaits_AndWhenItIsRejected()
    {
        Approve(Declare("device.info").Request!.Id);
        var wider = Declare("device.info", "system.run").Request!;

        Assert.Equal<string>(["device.info"], _registry.State.Surfaces[Id(Node)].Commands);
        _registry.Do<RegistryReply.SurfaceRejected>((id, now) => new RegistryCommand.RejectSurface(id, now, wider.Id, Operator));

        Assert.Equal<string>(["device.info"], _registry.State.Surfaces[Id(Node)].Commands);
        Assert.Empty(_registry.State.SurfaceRequests);
    }

    [Fact]
    public void Expires_FiveMinutesAfterTheLastTry()
    {
        var asked = Declare("system.run").Request!;
        Assert.Equal(_registry.Now.AddMinutes(5), _registry.State.NextExpiry(_registry.Now));

        _registry.Now += TimeSpan.FromMinutes(5);
        _registry.Refuses(RefusalCode.PairingRequestExpired, (id, now) => new RegistryCommand.ApproveSurface(id, now, asked.Id, Operator));
        _registry.Do((id, now) => new RegistryCommand.ExpireDue(id, now));

        Assert.Empty(_registry.State.SurfaceRequests);
        Assert.Null(_registry.State.NextExpiry(_registry.Now));
        Assert.NotEqual(asked.Id, Declare("system.run").Request!.Id);
    }

    [Theory]
    [InlineData("", Scope.Pairing)]
    [InlineData("device.info", Scope.Pairing | Scope.Write)]
    [InlineData("system.run", Scope.Pairing | Scope.Admin)]
    [InlineData("browser.proxy", Scope.Pairing | Scope.Admin)]
    public void Takes_TheScopes_ThatTheCommandsNeed(string command, Scope needed)
    {
        var asked = Declare(command.Length == 0 ? [] : [command]).Request!;
        var lacking = needed == Scope.Pairing ? Scope.Read : needed & ~(Scope.Admin | Scope.Write);

        _registry.Refuses(RefusalCode.MissingScope, (id, now) => new RegistryCommand.ApproveSurface(id, now, asked.Id, By(new ScopeSet(lacking))));
        _registry.Do<RegistryReply.SurfaceApproved>((id, now) => new RegistryCommand.ApproveSurface(id, now, asked.Id, By(new ScopeSet(needed))));
    }

    [Fact]
    public void Refuses_TheNodesOwnDevice_AsApprover()
    {
        _registry.Pair(7);
        _registry.Do((id, now) => new RegistryCommand.SetScopes(id, now, Id(7), ScopeSet.All, Operator, Session));
        Pair(7, Role.Node);
        var asked = _registry.Do<RegistryReply.SurfaceDeclared>((id, now) => new RegistryCommand.DeclareSurface(id, now, Id(7), [], ["system.run"], "")).Request!;

        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.ApproveSurface(id, now, asked.Id, DevicePrincipal(7, ScopeSet.All)));
    }

    [Fact]
    public void Refuses_Operators_AndTombstones_AsNodes()
    {
        _registry.Pair(7);
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.DeclareSurface(id, now, Id(7), [], ["system.run"], ""));
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(Node), null, Operator));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.DeclareSurface(id, now, Id(Node), [], ["system.run"], ""));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.DeclareSurface(id, now, Id(50), [], ["system.run"], ""));
    }

    [Fact]
    public void Grants_AFirstSurface_ThatWasVouchedFor_AndAsksForAWiderOne()
    {
        var first = _registry.Do<RegistryReply.SurfaceDeclared>((id, now) => Vouched(id, now, "device.info"));

        Assert.Equal("code:pc_1", first.Granted!.By);
        Assert.Null(first.Request);
        Assert.True(_registry.Do<RegistryReply.SurfaceDeclared>((id, now) => Vouched(id, now, "device.info", "system.run")).IsNew);
        Assert.Equal<string>(["device.info"], _registry.State.Surfaces[Id(Node)].Commands);
    }

    [Fact]
    public void Forgets_SurfaceAndRequest_WithTheDevice_EvenWhenItIsPairedAgain()
    {
        Approve(Declare("device.info").Request!.Id);
        Declare("device.info", "system.run");

        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(Node), null, Operator));

        Assert.Empty(_registry.State.Surfaces);
        Assert.Empty(_registry.State.SurfaceRequests);
        var again = _registry.Do<RegistryReply.Requested>((id, now) => RequestPairing(id, now, Node, symbols: null, role: Role.Node)).Request;
        _registry.Do<RegistryReply.Approved>((id, now) => new RegistryCommand.Approve(id, now, again.Id, null, null, null, Operator));
        Assert.True(Declare("device.info").IsNew);
    }

    [Fact]
    public void Goes_On_UnderANewKey()
    {
        Approve(Declare("device.info").Request!.Id);
        var asked = Declare("device.info", "system.run").Request!;

        _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.Rekey(id, now, Id(Node), Key(9), DevicePrincipal(Node, ScopeSet.Empty), Session));

        Assert.Equal(Id(9), Assert.Single(_registry.State.Surfaces).Key);
        Assert.Equal((asked.Id, Id(9)), (Only.Id, Only.Node));
    }

    [Fact]
    public void Keeps_Surfaces_AndVoidsRequests_WithARestoredJournal_ButNotThoseOfTombstones()
    {
        Pair(2, Role.Node);
        Approve(Declare("device.info").Request!.Id);
        Approve(_registry.Do<RegistryReply.SurfaceDeclared>((id, now) => new RegistryCommand.DeclareSurface(id, now, Id(2), [], ["device.info"], "")).Request!.Id);
        Declare("device.info", "system.run");
        var gone = _registry.State.Devices[Id(2)] with { RevokedAt = _registry.Now };

        _registry.Do((id, now) => new RegistryCommand.BeginEpoch(id, now, 2, EpochCause.Restore, [gone], SuspendDevices: true));

        Assert.Empty(_registry.State.SurfaceRequests);
        Assert.Equal([Id(Node)], _registry.State.Surfaces.Keys);
    }

    [Fact]
    public void TakesBack_WithARestoredJournal_WhatANodeMightNotLendAnyMore()
    {
        Pair(2, Role.Node);
        Approve(Declare("device.info", "system.which").Request!.Id);
        Approve(_registry.Do<RegistryReply.SurfaceDeclared>((id, now) => new RegistryCommand.DeclareSurface(id, now, Id(2), [], ["device.info"], "")).Request!.Id);
        var later = _registry.State.Surfaces.SetItem(Id(Node), new ApprovedSurface([], ["device.info"], _registry.Now, "somebody"));

        _registry.Do((id, now) => new RegistryCommand.BeginEpoch(id, now, 2, EpochCause.Restore, [], SuspendDevices: false) { Surfaces = later });

        Assert.Equal([Id(2)], _registry.State.Surfaces.Keys);
        _registry.Do((id, now) => new RegistryCommand.BeginEpoch(id, now, 3, EpochCause.Restore, [], SuspendDevices: false) { Surfaces = later.Clear() });
        Assert.Empty(_registry.State.Surfaces);
    }

    [Fact]
    public void Removing_ADeviceThatIsOnlyANode_RevokesIt()
    {
        Approve(Declare("device.info").Request!.Id);

        _registry.Do<RegistryReply.Revoked>((id, now) => new RegistryCommand.RemoveNode(id, now, Id(Node), Operator));

        Assert.True(_registry.State.Devices[Id(Node)].IsRevoked);
        Assert.Empty(_registry.State.Surfaces);
        _registry.Do<RegistryReply.Revoked>((id, now) => new RegistryCommand.RemoveNode(id, now, Id(Node), Operator));
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Removing_ADeviceThatIsAnOperatorToo_TakesTheSurfaceAlone()
    {
        _registry.Pair(7);
        Pair(7, Role.Node);
        Approve(_registry.Do<RegistryReply.SurfaceDeclared>((id, now) => new RegistryCommand.DeclareSurface(id, now, Id(7), [], ["device.info"], "")).Request!.Id);

        _registry.Do<RegistryReply.SurfaceRemoved>((id, now) => new RegistryCommand.RemoveNode(id, now, Id(7), Operator));

        Assert.False(_registry.State.Devices[Id(7)].IsRevoked);
        Assert.Empty(_registry.State.Surfaces);
        _registry.Refuses(RefusalCode.DeviceNotFound, (id, now) => new RegistryCommand.RemoveNode(id, now, Id(50), Operator));
    }

    [Theory]
    [InlineData("system.run", true, false)]
    [InlineData("camera.snap", false, true)]
    [InlineData("no.such.command", false, false)]
    public void Policy_KnowsOrdinaryCommands_TakesAllowedOnes_AndDeniedOnesNever(string command, bool ordinary, bool allowed)
    {
        Assert.Equal(ordinary, CommandPolicy.Default.Allows(command));
        var policy = new CommandPolicy(Set("camera.snap", "sms.send"), Set("system.run", "sms.send"));
        Assert.Equal(allowed, policy.Allows(command));
        Assert.False(policy.Allows("sms.send"), "denied has the last word");
        Assert.Equal<string>(["camera.snap", "system.which"], policy.Filter(["system.which", "camera.snap", "system.run", "camera.snap", "sms.send"]));
    }

    private static System.Collections.Frozen.FrozenSet<string> Set(params string[] names) => System.Collections.Frozen.FrozenSet.ToFrozenSet(names, StringComparer.Ordinal);

    private static Principal By(ScopeSet scopes) => new(AuthMethod.Token, Role.Operator, scopes, null, "somebody");

    private static RegistryCommand.DeclareSurface Vouched(long id, DateTimeOffset now, params ImmutableArray<string> commands) =>
        new(id, now, Id(Node), [], commands, "") { GrantedBy = "code:pc_1" };

    private RegistryReply.SurfaceDeclared Declare(params ImmutableArray<string> commands) =>
        _registry.Do<RegistryReply.SurfaceDeclared>((id, now) => new RegistryCommand.DeclareSurface(id, now, Id(Node), ["system"], commands, "192.0.2.1"));

    private RegistryReply.SurfaceApproved Approve(PairingRequestId request) =>
        _registry.Do<RegistryReply.SurfaceApproved>((id, now) => new RegistryCommand.ApproveSurface(id, now, request, Operator));

    /// <summary>By request, so that a device that is paired already gains the role.</summary>
    private void Pair(int device, Role role)
    {
        var request = _registry.Do<RegistryReply.Requested>((id, now) => RequestPairing(id, now, device, symbols: null, role: role, scopes: ScopeSet.Empty)).Request;
        _registry.Do<RegistryReply.Approved>((id, now) => new RegistryCommand.Approve(id, now, request.Id, null, null, null, Operator));
    }
}
