using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

public sealed class RevocationRulesTests
{
    private readonly TestRegistry _registry = new();

    [Fact]
    public void Leaves_ATombstone()
    {
        _registry.Pair(1);
        _registry.Now += TimeSpan.FromHours(1);

        var revoked = _registry.Do<RegistryReply.Revoked>((id, now) => new RegistryCommand.Revoke(id, now, Id(1), "lost", Operator));

        Assert.Equal(_registry.Now, revoked.Device.RevokedAt);
        Assert.Equal(revoked.Device, _registry.State.Devices[Id(1)]);
        Assert.Equal(new RegistryEvent.DeviceRevoked(_registry.Now, Id(1), "control:uid=1000", "lost"), Assert.Single(_registry.Last.Events));
        Assert.Equal(0, _registry.State.View(_registry.Now, 0).PairedCount);
    }

    [Fact]
    public void Says_Revoked_OfWhatIsRevokedAlready_WritingNothing()
    {
        _registry.Pair(1);
        var first = _registry.Do<RegistryReply.Revoked>((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));
        _registry.Now += TimeSpan.FromHours(1);

        var again = _registry.Do<RegistryReply.Revoked>((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        Assert.Equal(first.Device, again.Device);
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Drops_WhatTheDeviceWasAskingFor()
    {
        _registry.Pair(1);
        var request = _registry.Request(1, scopes: ScopeSet.All);

        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        Assert.Contains(new RegistryEvent.PairingDropped(Start, request.Id, DropCause.DeviceRevoked), _registry.Last.Events);
        Assert.Empty(_registry.State.Pending);
    }

    [Fact]
    public void Refuses_TheUnknown_AndTheHost()
    {
        _registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(9), "host"));

        _registry.Refuses(RefusalCode.DeviceNotFound, (id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));
        _registry.Refuses(RefusalCode.DeviceNotFound, (id, now) => new RegistryCommand.Revoke(id, now, Id(9), null, Operator));
        Assert.Contains("host credential", ((RegistryReply.Refused)_registry.Last.Reply).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_TheTombstone_ThroughRequestsAndHostEnrolment()
    {
        _registry.Pair(1);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        _registry.Request(1);
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.EnrolHost(id, now, Key(1), "host"));

        Assert.True(_registry.State.Devices[Id(1)].IsRevoked);
    }

    [Fact]
    public void Throws_OnAReplayThatWouldBringARevokedDeviceBack()
    {
        var device = _registry.Pair(1);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));
        var code = _registry.Mint("bbbb");

        Assert.Throws<RegistryEventException>(() => _registry.State.Apply(new RegistryEvent.CodeRedeemed(Start, code, device, "192.0.2.1")));
    }
}
