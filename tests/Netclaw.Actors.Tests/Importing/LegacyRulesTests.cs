using Netclaw.Actors.Devices;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Importing.LegacySamples;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Importing;

public sealed class LegacyRulesTests
{
    private readonly TestRegistry _registry = new();

    public LegacyRulesTests() => _registry.Do<RegistryReply.Imported>((id, now) => new RegistryCommand.Import(id, now, [Legacy(1), Legacy(2)], false, Operator));

    [Fact]
    public void Token_IsSpent_InTheRecordThatEnrolsTheKey()
    {
        var device = _registry.Do<RegistryReply.Paired>((id, now) => Enrol(id, now, 1, 5)).Device;

        var enrolled = Assert.IsType<RegistryEvent.LegacyDeviceEnrolled>(Assert.Single(_registry.Last.Events));
        Assert.Equal((LegacyId(1), Id(5)), (enrolled.Legacy, enrolled.Device.Id));
        Assert.Equal(("phone", PairedVia.Import, ScopeSet.DeviceDefault), (device.Name, device.Via, device.Scopes));
        Assert.Equal((false, Id(5)), (_registry.State.Legacy[LegacyId(1)].IsWaiting, _registry.State.Legacy[LegacyId(1)].EnrolledAs));
    }

    [Fact]
    public void SameKeyAgain_IsToldSo_AndWritesNothing()
    {
        _registry.Do<RegistryReply.Paired>((id, now) => Enrol(id, now, 1, 5));

        Assert.Equal(Id(5), _registry.Do<RegistryReply.Paired>((id, now) => Enrol(id, now, 1, 5)).Device.Id);
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void AnotherKey_FindsTheTokenDead_EvenWhenTheFirstWasRevoked()
    {
        _registry.Do<RegistryReply.Paired>((id, now) => Enrol(id, now, 1, 5));
        _registry.Refuses(RefusalCode.LegacyTokenSpent, (id, now) => Enrol(id, now, 1, 6));
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(5), null, Operator));

        _registry.Refuses(RefusalCode.LegacyTokenSpent, (id, now) => Enrol(id, now, 1, 6));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => Enrol(id, now, 1, 5));
    }

    [Fact]
    public void RevokedKey_IsNotRevived_AndTheTokenIsNotSpentOnIt()
    {
        _registry.Pair(5);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(5), null, Operator));

        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => Enrol(id, now, 1, 5));

        Assert.True(_registry.State.Legacy[LegacyId(1)].IsWaiting);
    }

    [Fact]
    public void PairedKey_KeepsWhatItHas_AndSpendsNoToken()
    {
        _registry.Pair(5, "laptop");

        Assert.Equal("laptop", _registry.Do<RegistryReply.Paired>((id, now) => Enrol(id, now, 1, 5)).Device.Name);

        Assert.Empty(_registry.Last.Events);
        Assert.True(_registry.State.Legacy[LegacyId(1)].IsWaiting);
    }

    [Fact]
    public void HostsOwnKey_IsNotEnrolled()
    {
        _registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(9), "host"));

        _registry.Refuses(RefusalCode.HostCredentialNotLocal, (id, now) => Enrol(id, now, 1, 9));
    }

    [Fact]
    public void UnknownEntry_IsRefused() => _registry.Refuses(RefusalCode.LegacyTokenInvalid, (id, now) => Enrol(id, now, 7, 5));

    [Fact]
    public void TakenBack_IsRefusedForEver_AndSaidAgain()
    {
        _registry.Do<RegistryReply.LegacyRemoved>((id, now) => Remove(id, now, 1));
        Assert.Single(_registry.Last.Events);
        _registry.Do<RegistryReply.LegacyRemoved>((id, now) => Remove(id, now, 1));
        Assert.Empty(_registry.Last.Events);

        _registry.Refuses(RefusalCode.LegacyTokenSpent, (id, now) => Enrol(id, now, 1, 5));
    }

    [Fact]
    public void Removal_TakesPairingScope_AndAnEntryThatWaits()
    {
        _registry.Refuses(RefusalCode.MissingScope, (id, now) => new RegistryCommand.RemoveLegacy(id, now, LegacyId(1), null, Operator with { Scopes = ScopeSet.ReadWrite }));
        _registry.Refuses(RefusalCode.DeviceNotFound, (id, now) => Remove(id, now, 7));
        _registry.Do<RegistryReply.Paired>((id, now) => Enrol(id, now, 2, 5));
        _registry.Refuses(RefusalCode.DeviceNotFound, (id, now) => Remove(id, now, 2));
    }

    private static RegistryCommand.EnrolLegacy Enrol(long id, DateTimeOffset now, int legacy, int device) => new(id, now, LegacyId(legacy), Key(device), "Linux", "127.0.0.1");

    private static RegistryCommand.RemoveLegacy Remove(long id, DateTimeOffset now, int legacy) => new(id, now, LegacyId(legacy), null, Operator);
}
