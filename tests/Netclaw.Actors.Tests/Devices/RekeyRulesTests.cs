using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

public sealed class RekeyRulesTests
{
    private readonly TestRegistry _registry = new();

    public RekeyRulesTests() => _registry.Pair(1, "laptop");

    [Fact]
    public void Replaces_TheKey_InOneRecord_AndKeepsWhatTheDeviceIs()
    {
        var before = _registry.State.Devices[Id(1)];

        var after = Rekey(2);

        Assert.Equal((Id(2), Key(2), "laptop", before.Scopes, before.PairedBy), (after.Id, after.Key, after.Name, after.Scopes, after.PairedBy));
        Assert.Equal<Role>(before.Roles, after.Roles);
        Assert.Single(_registry.Last.Events);
        Assert.True(_registry.State.Devices[Id(1)].IsRevoked);
        Assert.Equal(Id(2), _registry.State.Names["laptop"]);
        Assert.Equal(1, _registry.State.RevokedCount);
    }

    [Fact]
    public void Drops_WhatTheFormerKeyAskedFor()
    {
        var request = _registry.Request(1, scopes: ScopeSet.All);

        Rekey(2);

        Assert.Contains(new RegistryEvent.PairingDropped(_registry.Now, request.Id, DropCause.DeviceRevoked), _registry.Last.Events);
        Assert.Empty(_registry.State.Pending);
    }

    [Fact]
    public void Refuses_AKeyThatIsKnown_EvenAsATombstone()
    {
        _registry.Pair(2, symbols: "bbbb");
        Refuses(RefusalCode.InvalidRequest, 2);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(2), null, Operator));
        Refuses(RefusalCode.InvalidRequest, 2);
        Refuses(RefusalCode.InvalidRequest, 1);
    }

    [Fact]
    public void Refuses_WhoIsNotTheDevice_OrNotPairedAnyMore()
    {
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.Rekey(id, now, Id(1), Key(2), Operator, Session));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.Rekey(id, now, Id(1), Key(2), DevicePrincipal(3, ScopeSet.All), Session));
        Rekey(2);
        Refuses(RefusalCode.DeviceRevoked, 4);
    }

    private Device Rekey(int key) => _registry.Do<RegistryReply.Changed>(
        (id, now) => new RegistryCommand.Rekey(id, now, Id(1), Key(key), DevicePrincipal(1, new ScopeSet(Scope.Read)), Session)).Device;

    private void Refuses(RefusalCode code, int key) =>
        _registry.Refuses(code, (id, now) => new RegistryCommand.Rekey(id, now, Id(1), Key(key), DevicePrincipal(1, ScopeSet.ReadWrite), Session));
}
