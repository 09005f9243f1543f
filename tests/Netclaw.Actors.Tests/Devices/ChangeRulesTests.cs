using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

public sealed class ChangeRulesTests
{
    private static readonly ScopeSet Read = new(Scope.Read);

    private readonly TestRegistry _registry = new();

    public ChangeRulesTests() => _registry.Pair(1);

    [Fact]
    public void Renames_AndNumbersANameInUse()
    {
        _registry.Pair(2, "kitchen", "bbbb");

        Assert.Equal("kitchen (2)", Rename("kitchen").Name);
        Assert.Equal("hall", Rename("hall").Name);
        Assert.Equal(Id(1), _registry.State.Names["hall"]);
        Assert.DoesNotContain("phone", _registry.State.Names.Keys);
        Rename("hall");
        Assert.Empty(_registry.Last.Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("exe\u202Egpj")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Refuses_ANameThatIsNone(string name) =>
        _registry.Refuses(RefusalCode.DeviceNameInvalid, (id, now) => new RegistryCommand.Rename(id, now, Id(1), name, Operator));

    [Fact]
    public void Refuses_ToChangeWhatIsNotPaired()
    {
        _registry.Refuses(RefusalCode.DeviceNotFound, (id, now) => new RegistryCommand.Rename(id, now, Id(9), "x", Operator));
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.Rename(id, now, Id(1), "x", Operator));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.SetScopes(id, now, Id(1), Read, Operator, Session));
    }

    [Fact]
    public void Narrows_ADevice_AndItsTokens_ForGood()
    {
        _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Operator, null, "hash", Operator, Session));

        Assert.Equal(Read, SetScopes(Read).Scopes);
        SetScopes(ScopeSet.DeviceDefault);

        Assert.Equal(Read, Assert.Single(_registry.State.Devices[Id(1)].Tokens).Scopes);
        Assert.Equal(ScopeSet.DeviceDefault, _registry.State.Devices[Id(1)].Scopes);
    }

    [Fact]
    public void Nobody_GivesMoreThanTheyHold_ButAnyoneWhoPairsTakesAway()
    {
        _registry.Pair(2, symbols: "bbbb");
        var by = DevicePrincipal(2, ScopeSet.DeviceDefault);
        _registry.Refuses(RefusalCode.PairingScopeExceedsApprover, (id, now) => new RegistryCommand.SetScopes(id, now, Id(1), ScopeSet.All, by, Session));
        SetScopes(ScopeSet.All);

        var narrowed = _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.SetScopes(id, now, Id(1), Read, by, Session));

        Assert.Equal(Read, narrowed.Device.Scopes);
        _registry.Refuses(RefusalCode.MissingScope, (id, now) => new RegistryCommand.SetScopes(id, now, Id(1), Read, DevicePrincipal(2, Read), Session));
    }

    [Fact]
    public void AnOperator_NeverHoldsNothing_AndANodeNoOperatorScopes()
    {
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.SetScopes(id, now, Id(1), ScopeSet.Empty, Operator, Session));
        _registry.Do((id, now) => PairSilently(id, now, 3, role: Role.Node, scopes: ScopeSet.Empty));
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.SetScopes(id, now, Id(3), Read, Operator, Session));
    }

    [Fact]
    public void ADeviceThatComesBack_WithNothing_KeepsNothing()
    {
        SetScopes(ScopeSet.All);
        _registry.Do((id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Operator, null, "hash", Operator, Session));
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        var request = _registry.Do<RegistryReply.Requested>((id, now) => RequestPairing(id, now, 1, role: Role.Node) with { Scopes = ScopeSet.Empty }).Request;
        var device = _registry.Do<RegistryReply.Approved>((id, now) => new RegistryCommand.Approve(id, now, request.Id, "ABCD-EFGH", null, null, Operator)).Device;

        Assert.Equal((ScopeSet.Empty, 0), (device.Scopes, device.Tokens.Length));
        Assert.Equal<Role>([Role.Node], device.Roles);
    }

    [Fact]
    public void Notes_WhoWasSeen_InOneRecord_WithoutTheUnknownAndTheRevoked()
    {
        _registry.Pair(2, symbols: "bbbb");
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(2), null, Operator));
        _registry.Now += TimeSpan.FromHours(1);

        _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.NoteSeen(id, now, [Id(1), Id(2), Id(9), Id(1)]));

        Assert.Equal<DeviceId>([Id(1)], Assert.IsType<RegistryEvent.DevicesSeen>(Assert.Single(_registry.Last.Events)).Devices);
        Assert.Equal(_registry.Now, _registry.State.Devices[Id(1)].SeenAt);
        Assert.Null(_registry.State.Devices[Id(2)].SeenAt);
    }

    private Device Rename(string name) => _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.Rename(id, now, Id(1), name, Operator)).Device;

    private Device SetScopes(ScopeSet scopes) =>
        _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.SetScopes(id, now, Id(1), scopes, Operator, Session)).Device;
}
