using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

public sealed class DeviceDeciderTests
{
    /// <summary>One of each, made so that it would do something in the full state of <see cref="Full"/>.</summary>
    private static IEnumerable<RegistryCommand> OneOfEach(TestRegistry registry)
    {
        var now = registry.Now;
        var waiting = registry.State.Pending.Keys.FirstOrDefault(RequestId("000000000000"));
        yield return MintCode(1, now, "nnnn");
        yield return new RegistryCommand.BeginCode(2, now, Code("aaaa"));
        yield return RedeemCode(3, now, Code("bbbb"), 42);
        yield return RequestPairing(4, now, 43);
        yield return new RegistryCommand.Approve(5, now, waiting, "ABCD-EFGH", null, null, Operator);
        yield return new RegistryCommand.Reject(6, now, waiting, "no", Operator);
        yield return new RegistryCommand.Revoke(7, now, Id(1), "lost", Operator);
        yield return new RegistryCommand.EnrolHost(8, now, Key(9), "host");
        yield return new RegistryCommand.CompleteBootstrap(9, now);
        yield return new RegistryCommand.PrepareHostRotation(21, now, Key(61));
        yield return new RegistryCommand.RotateHost(22, now, Key(60), "host");
        yield return new RegistryCommand.AbandonHostRotation(23, now);
        yield return new RegistryCommand.ExpireDue(10, now);
        yield return PairSilently(11, now, 44);
        yield return new RegistryCommand.NotePosture(12, now, new Posture("reverse-proxy", "token"));
        yield return new RegistryCommand.ConfirmLocalPairing(13, now, Operator);
        yield return new RegistryCommand.Rename(14, now, Id(1), "kitchen", Operator);
        yield return new RegistryCommand.SetScopes(15, now, Id(1), ScopeSet.ReadWrite, Operator, Session);
        yield return new RegistryCommand.IssueToken(24, now, Id(1), Role.Operator, "hash", "salt");
        yield return new RegistryCommand.RotateToken(16, now, Id(1), Role.Operator, null, "hash", Operator, Session);
        yield return new RegistryCommand.RevokeToken(17, now, Id(1), Role.Operator, Operator, Session);
        yield return new RegistryCommand.NoteSeen(18, now, [Id(1)]);
        yield return new RegistryCommand.BeginEpoch(21, now, 2, EpochCause.Restore, [], SuspendDevices: true);
        yield return new RegistryCommand.ConfirmDevices(22, now, [], Operator);
        yield return new RegistryCommand.RequestUpgrade(20, now, ScopeSet.All, DevicePrincipal(1, ScopeSet.ReadWrite), "192.0.2.1");
        yield return new RegistryCommand.Import(21, now, [Importing.LegacySamples.Legacy(90), Importing.LegacySamples.Keyed(Key(91))], false, Operator);
        yield return new RegistryCommand.EnrolLegacy(22, now, Importing.LegacySamples.LegacyId(1), Key(45), "Linux", "127.0.0.1");
        yield return new RegistryCommand.RemoveLegacy(23, now, Importing.LegacySamples.LegacyId(2), "lost", Operator);
        var setup = registry.State.Setups.Keys.FirstOrDefault(SetupCodeId.New());
        yield return new RegistryCommand.MintSetup(28, now, SetupCodeId.New(), Netclaw.Actors.Trust.Secrets.SetupTokens.New().Kept, [Role.Node], ScopeSet.Empty, null, Operator);
        yield return new RegistryCommand.RedeemSetup(29, now, setup, Key(46), "builder", "linux", "192.0.2.1");
        var asked = registry.State.SurfaceRequests.Keys.FirstOrDefault(RequestId("000000000001"));
        yield return new RegistryCommand.DeclareSurface(24, now, Id(3), ["system"], ["system.which"], "192.0.2.1");
        yield return new RegistryCommand.ApproveSurface(25, now, asked, Operator);
        yield return new RegistryCommand.RejectSurface(26, now, asked, Operator);
        yield return new RegistryCommand.RemoveNode(27, now, Id(3), Operator);
        yield return new RegistryCommand.Rekey(19, now, Id(1), Key(50), DevicePrincipal(1, ScopeSet.ReadWrite), Session);
    }

    [Fact]
    public void Lists_EveryKindOfCommand()
    {
        var kinds = typeof(RegistryCommand).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RegistryCommand)));

        Assert.Equal(kinds.ToHashSet(), OneOfEach(new TestRegistry()).Select(command => command.GetType()).ToHashSet());
    }

    [Fact]
    public void Answers_EveryCommand_InTheEmptyState() => AnswersAll(new TestRegistry());

    [Fact]
    public void Answers_EveryCommand_InAFullState() => AnswersAll(Full());

    [Fact]
    public void Changes_Something_WithEveryCommand_InAFullState()
    {
        var full = Full();
        foreach (var command in OneOfEach(full).Where(command => command is not (RegistryCommand.RevokeToken or RegistryCommand.EnrolHost or RegistryCommand.ExpireDue or RegistryCommand.ConfirmLocalPairing
            or RegistryCommand.ConfirmDevices)))
        {
            Assert.NotEmpty(DeviceDecider.Decide(command, full.State).Events);
        }
    }

    [Fact]
    public void Changes_Nothing_ByDeciding()
    {
        var full = Full();
        var before = RegistryText.Of(full.State);
        foreach (var command in OneOfEach(full))
        {
            DeviceDecider.Decide(command, full.State);
        }

        Assert.Equal(before, RegistryText.Of(full.State));
    }

    [Fact]
    public void Applies_AHundredThousandDevices_AndFindsEachOne()
    {
        const int devices = 100_000;
        var draft = new RegistryDraft(RegistryState.Empty);
        for (var i = 0; i < devices; i++)
        {
            var device = new Device
            {
                Id = Id(i), Key = Key(i), Name = $"device {i}", Kind = DeviceKind.Paired, Roles = [Role.Operator], Scopes = ScopeSet.ReadWrite,
                Via = PairedVia.Owner, PairedBy = "control:uid=1000", PairedAt = Start,
            };
            var request = new PendingRequest
            {
                Id = PairingRequestId.New(), Key = device.Key, Name = device.Name, Role = Role.Operator, Scopes = device.Scopes,
                ClientAddress = "192.0.2.1", FirstAt = Start, LastAt = Start,
            };
            draft.Apply(new RegistryEvent.PairingRequested(Start, request));
            draft.Apply(new RegistryEvent.PairingApproved(Start, request.Id, device));
        }

        var state = draft.ToState();

        Assert.Equal(devices, state.View(Start, 0).PairedCount);
        Assert.Equal($"device {devices - 1}", state.Devices[Id(devices - 1)].Name);
        Assert.Equal(devices, state.Names.Count);
    }

    private static void AnswersAll(TestRegistry registry)
    {
        foreach (var command in OneOfEach(registry))
        {
            var decision = DeviceDecider.Decide(command, registry.State);
            Assert.Equal(command.CommandId, decision.Reply.CommandId);
            registry.State.Apply(decision.Events.AsSpan());
        }
    }

    private static TestRegistry Full()
    {
        var registry = new TestRegistry();
        registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(9), "host"));
        registry.Do((id, now) => new RegistryCommand.NotePosture(id, now, new Posture("local", "token")));
        registry.Mint("aaaa");
        registry.Mint("bbbb");
        registry.Pair(1, symbols: "cccc");
        registry.Pair(2, symbols: "dddd");
        registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(2), "lost", Operator));
        registry.Do((id, now) => new RegistryCommand.PrepareHostRotation(id, now, Key(60)));
        registry.Do((id, now) => PairSilently(id, now, 3, "node", SilentVia.Internal, Role.Node, ScopeSet.Empty));
        registry.Do((id, now) => new RegistryCommand.DeclareSurface(id, now, Id(3), ["system"], ["system.run"], "192.0.2.1"));
        registry.Do((id, now) => new RegistryCommand.MintSetup(id, now, SetupCodeId.New(), Netclaw.Actors.Trust.Secrets.SetupTokens.New().Kept, [Role.Node], ScopeSet.Empty, null, Operator));
        registry.Request(5, name: "a");
        registry.Request(5, name: "b");
        registry.Do((id, now) => new RegistryCommand.Import(id, now, [Importing.LegacySamples.Legacy(1), Importing.LegacySamples.Legacy(2)], false, Operator));
        return registry;
    }
}
