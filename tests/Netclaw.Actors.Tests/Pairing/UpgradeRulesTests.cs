using Netclaw.Actors.Devices;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Pairing;

public sealed class UpgradeRulesTests
{
    private readonly TestRegistry _registry = new();

    public UpgradeRulesTests() => _registry.Pair(1, "laptop");

    [Fact]
    public void Asks_ForWhatIsMissing_AndAnApprovalAddsIt()
    {
        var request = Ask(new ScopeSet(Scope.Read | Scope.Questions));

        Assert.Equal((new ScopeSet(Scope.Questions), "laptop", null), (request.Scopes, request.Name, request.Symbols));
        var device = _registry.Do<RegistryReply.Approved>((id, now) => new RegistryCommand.Approve(id, now, request.Id, null, null, null, Operator)).Device;
        Assert.Equal(ScopeSet.DeviceDefault | new ScopeSet(Scope.Questions), device.Scopes);
        Assert.Equal("laptop", device.Name);
    }

    [Fact]
    public void Nobody_ApprovesMoreThanTheyHold()
    {
        _registry.Pair(2, symbols: "bbbb");
        var request = Ask(new ScopeSet(Scope.Admin));

        _registry.Refuses(
            RefusalCode.PairingScopeExceedsApprover,
            (id, now) => new RegistryCommand.Approve(id, now, request.Id, null, null, null, DevicePrincipal(2, ScopeSet.DeviceDefault)));
    }

    [Fact]
    public void OnlyTheSameAgain_KeepsItsId()
    {
        var first = Ask(new ScopeSet(Scope.Admin));
        var again = Ask(new ScopeSet(Scope.Admin));
        var other = Ask(new ScopeSet(Scope.Questions));

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(other.Id, Assert.Single(_registry.State.Pending).Key);
        _registry.Refuses(RefusalCode.PairingRequestSuperseded, (id, now) => new RegistryCommand.Approve(id, now, first.Id, null, null, null, Operator));
    }

    [Fact]
    public void Refuses_WhoHoldsItAlready_IsRevoked_ANode_OrNoDevice()
    {
        Refuses(RefusalCode.InvalidRequest, 1, ScopeSet.ReadWrite);
        Refuses(RefusalCode.InvalidRequest, 1, ScopeSet.Empty);
        Refuses(RefusalCode.InvalidRequest, 9, ScopeSet.All);
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.RequestUpgrade(id, now, ScopeSet.All, Operator, "control"));
        _registry.Do((id, now) => PairSilently(id, now, 3, role: Role.Node, scopes: ScopeSet.Empty));
        Refuses(RefusalCode.RoleNotAllowed, 3, ScopeSet.All);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));
        Refuses(RefusalCode.DeviceRevoked, 1, ScopeSet.All);
    }

    private PendingRequest Ask(ScopeSet scopes) => _registry.Do<RegistryReply.Requested>(
        (id, now) => new RegistryCommand.RequestUpgrade(id, now, scopes, DevicePrincipal(1, ScopeSet.ReadWrite), "192.0.2.1")).Request;

    private void Refuses(RefusalCode code, int device, ScopeSet scopes) =>
        _registry.Refuses(code, (id, now) => new RegistryCommand.RequestUpgrade(id, now, scopes, DevicePrincipal(device, ScopeSet.ReadWrite), "192.0.2.1"));
}
