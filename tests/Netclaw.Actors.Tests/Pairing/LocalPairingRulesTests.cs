using Netclaw.Actors.Devices;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Pairing;

public sealed class LocalPairingRulesTests
{
    private static readonly Posture Quiet = new("local", "token");
    private static readonly Posture Behind = new("reverse-proxy", "token");

    private readonly TestRegistry _registry = new();

    public LocalPairingRulesTests() => Start(Quiet);

    [Fact]
    public void Pairs_AnUnknownKey_AndRecordsHow()
    {
        var device = _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 1)).Device;

        Assert.Equal((PairedVia.Local, "local:uid=1000", DeviceKind.Paired), (device.Via, device.PairedBy, device.Kind));
        Assert.Equal(ScopeSet.DeviceDefault, device.Scopes);
        Assert.Equal(device, Assert.IsType<RegistryEvent.DevicePairedSilently>(Assert.Single(_registry.Last.Events)).Device);
        Assert.Equal(PairedVia.Internal, _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 2, via: SilentVia.Internal, role: Role.Node, scopes: ScopeSet.Empty)).Device.Via);
    }

    [Fact]
    public void Pairs_TwoConnectionsOfOneKey_Once()
    {
        var first = _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 1)).Device;

        Assert.Equal(first, _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 1)).Device);
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Widens_NothingThatIsPairedAlready()
    {
        var narrow = _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 1, scopes: new ScopeSet(Scope.Read))).Device;

        Assert.Equal(narrow, _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 1, scopes: ScopeSet.All)).Device);
        Assert.Equal(new ScopeSet(Scope.Read), _registry.State.Devices[Id(1)].Scopes);
    }

    [Fact]
    public void Lifts_NoTombstone()
    {
        _registry.Pair(1);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => PairSilently(id, now, 1));
    }

    [Fact]
    public void Leaves_TheHostAlone()
    {
        _registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(1), "host"));

        _registry.Refuses(RefusalCode.HostCredentialNotLocal, (id, now) => PairSilently(id, now, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("evil\u202Eexe")]
    public void Names_ADeviceWithoutAName_ByItsId(string name) =>
        Assert.Equal(Id(1).Short, _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 1, name)).Device.Name);

    [Fact]
    public void Suspends_WhenThePostureChanges_UntilAnAdminConfirms()
    {
        Start(Quiet);
        Assert.False(_registry.State.LocalPairingSuspended);
        Start(Behind);
        _registry.Refuses(RefusalCode.PairingRequired, (id, now) => PairSilently(id, now, 1));
        _registry.Refuses(RefusalCode.MissingScope, (id, now) => new RegistryCommand.ConfirmLocalPairing(id, now, Operator with { Scopes = ScopeSet.DeviceDefault }));

        _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.ConfirmLocalPairing(id, now, Operator));

        Assert.Equal((false, Behind), (_registry.State.LocalPairingSuspended, _registry.State.Posture));
        _registry.Do<RegistryReply.Paired>((id, now) => PairSilently(id, now, 1));
        Start(Behind);
        Assert.False(_registry.State.LocalPairingSuspended);
    }

    [Fact]
    public void GoingBack_ToTheOldPosture_ConfirmsNothing()
    {
        Start(Behind);
        Start(Quiet);

        Assert.True(_registry.State.LocalPairingSuspended);
        Assert.True(_registry.State.View(_registry.Now, 1).LocalPairingSuspended);
    }

    [Fact]
    public void Confirming_WhatIsNotSuspended_WritesNothing()
    {
        _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.ConfirmLocalPairing(id, now, Operator));

        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void TheFirstPosture_IsRecordedWithoutSuspending()
    {
        var fresh = new TestRegistry();
        fresh.Do((id, now) => new RegistryCommand.NotePosture(id, now, Behind));

        Assert.IsType<RegistryEvent.PostureRecorded>(Assert.Single(fresh.Last.Events));
        Assert.False(fresh.State.LocalPairingSuspended);
    }

    private void Start(Posture posture) => _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.NotePosture(id, now, posture));
}
