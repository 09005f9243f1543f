using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Bootstrap;

public sealed class HostRotationRulesTests
{
    private readonly TestRegistry _registry = new();

    public HostRotationRulesTests()
    {
        _registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(9), "host"));
        _registry.Pair(1, "phone");
    }

    [Fact]
    public void Leaves_TheFormerCredentialGood_UntilTheKeyIsInPlace()
    {
        Prepare(8);

        Assert.Equal((Id(9), Id(8)), (_registry.State.Host, _registry.State.PreparedHost));
        Assert.False(_registry.State.Devices[Id(9)].IsRevoked);
        Assert.DoesNotContain(Id(8), _registry.State.Devices.Keys);
    }

    [Fact]
    public void Replaces_TheHostAlone_UnderItsName()
    {
        var phone = _registry.State.Devices[Id(1)];
        Prepare(8);

        var rotated = Rotate(8);

        Assert.Equal((Id(8), (DeviceId?)Id(9), "host"), (rotated.Device.Id, rotated.Former, rotated.Device.Name));
        Assert.Equal((Id(8), null), (_registry.State.Host, _registry.State.PreparedHost));
        Assert.True(_registry.State.Devices[Id(9)].IsRevoked);
        Assert.Same(phone, _registry.State.Devices[Id(1)]);
        Assert.Equal(1, _registry.State.RevokedCount);
        Assert.Equal(Id(8), _registry.State.Names["host"]);
    }

    [Fact]
    public void Does_NothingTwice()
    {
        Prepare(8);
        Prepare(8);
        Assert.Empty(_registry.Last.Events);
        Rotate(8);

        Assert.Null(Rotate(8).Former);
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Begins_AnInstallation_ThatHadNoHost()
    {
        var fresh = new TestRegistry();
        fresh.Do((id, now) => new RegistryCommand.PrepareHostRotation(id, now, Key(8)));

        var rotated = fresh.Do<RegistryReply.HostRotated>((id, now) => new RegistryCommand.RotateHost(id, now, Key(8), "host"));

        Assert.Null(rotated.Former);
        Assert.Equal((Id(8), BootstrapPhase.Seeded), (fresh.State.Host, fresh.State.Bootstrap));
    }

    [Fact]
    public void Never_TakesAKeyThatIsKnown_LeastOfAllARevokedOne()
    {
        Refuses(1);
        Refuses(9);
        Prepare(8);
        Rotate(8);

        Refuses(9);
        Assert.Throws<RegistryEventException>(() => _registry.State.Apply(
            [new RegistryEvent.HostCredentialRotationPrepared(Start, Id(9), Id(8)), new RegistryEvent.HostCredentialRotated(Start, _registry.State.Devices[Id(9)] with { RevokedAt = null }, Id(8))]));
    }

    [Fact]
    public void Refuses_AKeyThatWasNotPrepared()
    {
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.RotateHost(id, now, Key(8), "host"));
        Prepare(8);
        Prepare(7);
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.RotateHost(id, now, Key(8), "host"));
        Assert.Throws<RegistryEventException>(() => _registry.State.Apply(new RegistryEvent.HostCredentialRotated(Start, BootstrapRules.HostDevice(Key(8), "host", Start), Id(9))));
    }

    [Fact]
    public void Forgets_WhatWasPrepared_WhenItIsAbandoned()
    {
        Prepare(8);
        Abandon();
        Assert.Null(_registry.State.PreparedHost);
        Assert.Equal(Id(9), _registry.State.Host);

        Abandon();
        Assert.Empty(_registry.Last.Events);
        Assert.Throws<RegistryEventException>(() => _registry.State.Apply(new RegistryEvent.HostCredentialRotationAbandoned(Start, Id(8))));
    }

    [Fact]
    public void Survives_ASnapshot_BetweenTheTwoRecords()
    {
        Prepare(8);
        var codec = new RegistryCodec();
        var (manifest, bytes) = codec.EncodeSnapshot(_registry.State);

        Assert.Equal(Id(8), codec.DecodeSnapshot(manifest, bytes).PreparedHost);
    }

    private void Prepare(int key) => _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.PrepareHostRotation(id, now, Key(key)));

    private RegistryReply.HostRotated Rotate(int key) => _registry.Do<RegistryReply.HostRotated>((id, now) => new RegistryCommand.RotateHost(id, now, Key(key), "host"));

    private void Abandon() => _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.AbandonHostRotation(id, now));

    private void Refuses(int key) => _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.PrepareHostRotation(id, now, Key(key)));
}
