using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Tests.Pairing;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using Xunit.Abstractions;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>Long random lives of a registry, and what must hold after every single step of them.</summary>
public sealed class RegistrySequenceTests(ITestOutputHelper output)
{
    private const int Steps = 4000;

    public static TheoryData<int> Seeds => [1, 2, 3, 20260301, 777, 123456789];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Holds_ItsPromises_WhateverIsAsked(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var registry = new TestRegistry();
        var acknowledged = new Dictionary<DeviceId, Device>();
        var spent = new Dictionary<PairingCodeId, DeviceId>();
        var legacy = new HashSet<LegacyDeviceId>();
        var most = 0;
        registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(0), "host"));
        for (var step = 0; step < Steps; step++)
        {
            registry.Now += TimeSpan.FromMilliseconds(random.Next(0, 20_000));
            var before = registry.State;
            var reply = registry.Do((id, now) => Any(random, id, now, registry.State));

            Note(reply, registry, acknowledged, spent, legacy);
            LosesNoPairing(acknowledged, registry.State);
            BringsNobodyBack(before, registry);
            HoldsItsBounds(registry);
            most = Math.Max(most, acknowledged.Count);
        }

        Assert.Equal(RegistryText.Of(registry.State), RegistryText.Of(RegistryState.Empty.Apply(registry.Journal.ToArray())));
        Assert.True(most > 20, "the walk must get somewhere");
    }

    private static void Note(
        RegistryReply reply, TestRegistry registry, Dictionary<DeviceId, Device> acknowledged, Dictionary<PairingCodeId, DeviceId> spent, HashSet<LegacyDeviceId> legacy)
    {
        switch (reply)
        {
            case RegistryReply.Paired(_, var device):
                acknowledged[device.Id] = device;
                break;
            case RegistryReply.Approved(_, _, var device):
                acknowledged[device.Id] = device;
                break;
            case RegistryReply.Changed(_, var device, _):
                foreach (var rekeyed in registry.Last.Events.OfType<RegistryEvent.DeviceRekeyed>())
                {
                    acknowledged.Remove(rekeyed.Former);
                }

                acknowledged[device.Id] = device;
                break;
            case RegistryReply.Revoked(_, var device, _):
                acknowledged.Remove(device.Id);
                break;
        }

        foreach (var @event in registry.Last.Events)
        {
            Follow(@event, acknowledged);
        }

        foreach (var redeemed in registry.Last.Events.OfType<RegistryEvent.CodeRedeemed>())
        {
            Assert.True(spent.TryAdd(redeemed.CodeId, redeemed.Device.Id), "a code never pairs twice");
        }

        foreach (var enrolled in registry.Last.Events.OfType<RegistryEvent.LegacyDeviceEnrolled>())
        {
            Assert.True(legacy.Add(enrolled.Legacy), "a legacy token never enrols twice");
        }

        foreach (var imported in registry.Last.Events.OfType<RegistryEvent.LegacyDeviceImported>())
        {
            Assert.True(imported.Legacy.IsWaiting && !legacy.Contains(imported.Legacy.Id), "no import makes a spent token wait again");
        }

        // An id may come back once its code is forgotten: then it is another code.
        foreach (var minted in registry.Last.Events.OfType<RegistryEvent.CodeMinted>())
        {
            spent.Remove(minted.Code.Id);
        }
    }

    /// <summary>An epoch takes back what a newer journal had taken back, and suspends what it cannot vouch for; that and nothing else.</summary>
    private static void Follow(RegistryEvent @event, Dictionary<DeviceId, Device> acknowledged)
    {
        var changed = @event switch
        {
            RegistryEvent.EpochBegan => acknowledged.Values.Select(device => device with { Tokens = [] }),
            RegistryEvent.DevicesSuspended(var at) => acknowledged.Values.Where(device => device.Kind != DeviceKind.Host).Select(device => device with { SuspendedAt = at }),
            RegistryEvent.DevicesConfirmed(_, var confirmed, _) => acknowledged.Values.Where(device => confirmed.Contains(device.Id)).Select(device => device with { SuspendedAt = null }),
            _ => [],
        };
        foreach (var device in changed.ToList())
        {
            acknowledged[device.Id] = device;
        }

        if (@event is RegistryEvent.HostCredentialRotated { Former: { } former })
        {
            acknowledged.Remove(former);
        }

        foreach (var tombstone in @event is RegistryEvent.TombstonesKept kept ? kept.Devices : [])
        {
            acknowledged.Remove(tombstone.Id);
        }
    }

    private static void LosesNoPairing(Dictionary<DeviceId, Device> acknowledged, RegistryState state)
    {
        foreach (var (id, device) in acknowledged)
        {
            Assert.Equal(device, state.Devices[id], DeviceComparer);
        }
    }

    private static void BringsNobodyBack(RegistryState before, TestRegistry registry)
    {
        foreach (var tombstone in before.Devices.Values.Where(device => device.IsRevoked))
        {
            Assert.True(registry.State.Devices.TryGetValue(tombstone.Id, out var now), "a tombstone is never lost");
            Assert.True(now.IsRevoked || registry.Last.Events is
                [RegistryEvent.TombstoneLifted, RegistryEvent.CodeRedeemed or RegistryEvent.PairingApproved]);
        }
    }

    private static void HoldsItsBounds(TestRegistry registry)
    {
        var state = registry.State;
        Assert.All(state.Devices.Values, device => Assert.All(device.Tokens, token =>
        {
            Assert.False(device.IsRevoked, "a tombstone has no token");
            Assert.True(device.Scopes.Covers(token.Scopes), "a token never holds more than its device");
        }));
        Assert.All(state.Devices.Values, device => Assert.Equal(device.Tokens.Length, device.Tokens.Select(token => token.Role).Distinct().Count()));
        Assert.InRange(state.Codes.Values.Count(code => code.IsLive(registry.Now)), 0, IssuedCode.MaximumLive);
        Assert.InRange(state.Codes.Count, 0, IssuedCode.MaximumKept);
        Assert.InRange(state.Pending.Count, 0, WaitingRoom.Places);
        Assert.InRange(state.Superseded.Length, 0, SupersededRequest.MaximumKept);
        Assert.All(state.Pending.Values.GroupBy(request => request.ClientAddress), group => Assert.InRange(group.Count(), 1, WaitingRoom.PlacesPerAddress));
        Assert.Equal(state.Pending.Count, state.Pending.Values.Select(request => request.Key).Distinct().Count());
        Assert.Equal(state.RevokedCount, state.Devices.Values.Count(device => device.IsRevoked));
        var live = state.Devices.Values.Where(device => !device.IsRevoked).ToList();
        Assert.Equal(live.Count, live.Select(device => device.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(live.Count, state.Names.Count);
        Assert.All(state.Surfaces.Keys.Concat(state.SurfaceRequests.Values.Select(request => request.Node)), node => Assert.False(state.Devices[node].IsRevoked, "a tombstone lends nothing"));
        Assert.Equal(state.SurfaceRequests.Count, state.SurfaceRequests.Values.Select(request => request.Node).Distinct().Count());
    }

    private static RegistryCommand Any(Random random, long id, DateTimeOffset now, RegistryState state)
    {
        var device = random.Next(0, 60);
        var code = state.Codes.Count > 0 && random.Next(4) > 0
            ? state.Codes.Keys.OrderBy(key => key.ToString(), StringComparer.Ordinal).ElementAt(random.Next(state.Codes.Count))
            : Code(CodeRulesTests.Symbols(random.Next(200)));
        var request = state.Pending.Count > 0 && random.Next(6) > 0
            ? state.Pending.Keys.OrderBy(key => key.ToString(), StringComparer.Ordinal).ElementAt(random.Next(state.Pending.Count))
            : state.Superseded.Select(superseded => superseded.Id).LastOrDefault(RequestId("000000000000"));
        var by = random.Next(3) == 0 ? DevicePrincipal(random.Next(0, 60), Scopes(random)) : Operator;
        return random.Next(44) switch
        {
            0 or 1 or 2 => MintCode(id, now, CodeRulesTests.Symbols(random.Next(200)), AnyRole(random), Scopes(random), random.Next(3) == 0 ? "named" : null, by),
            3 => new RegistryCommand.BeginCode(id, now, code),
            4 or 5 or 6 or 7 => RedeemCode(id, now, code, device, Name(random), AnyRole(random), Scopes(random)),
            8 or 9 or 10 or 11 => FreshRequest(random, id, now, device),
            12 or 13 or 14 => new RegistryCommand.Approve(id, now, request, random.Next(8) == 0 ? null : "ABCDEFGH", random.Next(3) == 0 ? Scopes(random) : null, null, by),
            15 => new RegistryCommand.Reject(id, now, request, "no", by),
            16 => new RegistryCommand.Revoke(id, now, Id(device), "lost", by),
            17 => new RegistryCommand.ExpireDue(id, now),
            20 => PairSilently(id, now, device, Name(random), random.Next(2) == 0 ? SilentVia.Local : SilentVia.Internal, AnyRole(random), Scopes(random)),
            21 => new RegistryCommand.NotePosture(id, now, new Posture(random.Next(8) == 0 ? "reverse-proxy" : "local", "token")),
            22 => new RegistryCommand.ConfirmLocalPairing(id, now, by),
            23 => new RegistryCommand.Rename(id, now, Id(device), Name(random), by),
            24 => new RegistryCommand.SetScopes(id, now, Id(device), Scopes(random), by, Session),
            25 => new RegistryCommand.RotateToken(id, now, Id(device), AnyRole(random), random.Next(2) == 0 ? null : Scopes(random), $"hash{random.Next()}", by, Session),
            26 => new RegistryCommand.RevokeToken(id, now, Id(device), AnyRole(random), by, Session),
            27 => new RegistryCommand.NoteSeen(id, now, [Id(device), Id(random.Next(0, 60))]),
            28 or 29 => new RegistryCommand.Rekey(id, now, Id(device), Key(random.Next(0, 200)), DevicePrincipal(device, Scopes(random)), Session),
            30 => new RegistryCommand.RequestUpgrade(id, now, Scopes(random), DevicePrincipal(device, ScopeSet.ReadWrite), "192.0.2.1")
            {
                FreshId = FreshId(random),
            },
            31 => new RegistryCommand.PrepareHostRotation(id, now, Key(random.Next(300, 304))),
            32 => new RegistryCommand.RotateHost(id, now, Key(random.Next(300, 304)), "host"),
            33 => new RegistryCommand.AbandonHostRotation(id, now),
            34 => new RegistryCommand.Import(id, now, [LegacySamples.Legacy(random.Next(0, 40), Name(random)), LegacySamples.Keyed(Key(device), Name(random), Scopes(random), AnyRole(random))], random.Next(4) == 0, by),
            35 => new RegistryCommand.EnrolLegacy(id, now, LegacySamples.LegacyId(random.Next(0, 40)), Key(device), "Linux", "127.0.0.1"),
            36 => new RegistryCommand.RemoveLegacy(id, now, LegacySamples.LegacyId(random.Next(0, 40)), "lost", by),
            // In order of their ids: a dictionary's own order is another one in every process, and a seed would say nothing.
            37 => random.Next(4) > 0 ? new RegistryCommand.ConfirmDevices(id, now, random.Next(2) == 0 ? [] : [Id(device)], by) : new RegistryCommand.BeginEpoch(
                id, now, state.Epoch + random.Next(-1, 3), EpochCause.Restore,
                [.. state.Devices.Values.OrderBy(known => known.Id.ToString(), StringComparer.Ordinal).Where(_ => random.Next(8) == 0).Select(known => known with { RevokedAt = now })], random.Next(2) == 0),
            38 or 39 or 40 => new RegistryCommand.DeclareSurface(id, now, Id(device), random.Next(2) == 0 ? [] : ["system"], Commands(random), "192.0.2.1")
            {
                FreshId = FreshId(random), GrantedBy = random.Next(4) == 0 ? "code" : null,
            },
            41 => new RegistryCommand.ApproveSurface(id, now, Surface(random, state), by),
            42 => new RegistryCommand.RejectSurface(id, now, Surface(random, state), by),
            43 => new RegistryCommand.RemoveNode(id, now, Id(device), by),
            18 => new RegistryCommand.EnrolHost(id, now, Key(device), "host"),
            _ => new RegistryCommand.CompleteBootstrap(id, now),
        };
    }

    private static RegistryCommand.RequestPairing FreshRequest(Random random, long id, DateTimeOffset now, int device) =>
        RequestPairing(id, now, device, $"192.0.2.{random.Next(12)}", Name(random), Scopes(random), random.Next(5) == 0 ? null : "ABCD-EFGH", AnyRole(random)) with
        {
            FreshId = FreshId(random),
        };

    private static PairingRequestId FreshId(Random random) => RequestId(string.Concat(Enumerable.Range(0, 12).Select(_ => "0123456789abcdef"[random.Next(16)])));

    private static System.Collections.Immutable.ImmutableArray<string> Commands(Random random) =>
        [.. ((string[])["device.info", "system.notify", "system.run", "system.which"]).Where(_ => random.Next(2) == 0)];

    private static PairingRequestId Surface(Random random, RegistryState state) => state.SurfaceRequests.Count > 0 && random.Next(6) > 0
        ? state.SurfaceRequests.Keys.OrderBy(key => key.ToString(), StringComparer.Ordinal).ElementAt(random.Next(state.SurfaceRequests.Count))
        : state.Superseded.Select(superseded => superseded.Id).LastOrDefault(RequestId("000000000000"));

    private static Role AnyRole(Random random) => random.Next(6) == 0 ? Role.Node : Role.Operator;

    private static ScopeSet Scopes(Random random) => random.Next(3) == 0 ? new ScopeSet((Scope)random.Next(0, 256)) : ScopeSet.DeviceDefault;

    private static string Name(Random random) => random.Next(12) switch { 0 => "", 1 => "laptop", 2 => new string('n', 64), _ => "Phone" };

    private static readonly IEqualityComparer<Device> DeviceComparer = EqualityComparer<Device>.Create(
        (a, b) => a! with { Roles = [], Tokens = [], SeenAt = null } == b! with { Roles = [], Tokens = [], SeenAt = null }
            && a.Roles.SequenceEqual(b.Roles) && a.Tokens.SequenceEqual(b.Tokens), device => device.Id.GetHashCode());
}
