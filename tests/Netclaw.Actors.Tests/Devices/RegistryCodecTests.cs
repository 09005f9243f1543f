using System.Text;
using System.Text.Json;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>What has once been written is read for ever. The golden files change only by an addition that old readers ignore.</summary>
public sealed class RegistryCodecTests
{
    private static readonly RegistryCodec Codec = new();

    private static readonly Device Paired = new()
    {
        Id = Id(1), Key = Key(1), Name = "phone", Platform = "Linux", Kind = DeviceKind.Paired, Roles = [Role.Operator, Role.Node],
        Scopes = ScopeSet.DeviceDefault, Via = PairedVia.Code, PairedBy = "control:uid=1000", PairedAt = Start,
    };

    private static readonly SaltedHash LegacyHash = SaltedHash.TryCreate(new string('a', 64), "c2FsdA==", out var hash, out _) ? hash : throw new ArgumentException("no hash");

    private static readonly Device WithTokens = Paired with
    {
        SeenAt = Start.AddMinutes(1),
        Tokens = [new DeviceToken(Role.Operator, "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg", ScopeSet.ReadWrite, Start), new DeviceToken(Role.Node, "hash", ScopeSet.Empty, Start)],
    };

    private static readonly IssuedCode Issued = new()
    {
        Id = Code("aaaa"), SealedKey = new SealedSecret([1, 2, 3]), Role = Role.Operator, Scopes = ScopeSet.ReadWrite, Name = "phone",
        ExpiresAt = Start + IssuedCode.DefaultLifetime, MintedBy = "control:uid=1000",
    };

    private static readonly PendingRequest Waiting = new()
    {
        Id = RequestId("000000000001"), Key = Key(2), Name = "tablet", Platform = "Android", Role = Role.Operator, Scopes = ScopeSet.ReadWrite,
        ClientAddress = "192.0.2.1", Symbols = "ABCD-EFGH", FirstAt = Start, LastAt = Start + TimeSpan.FromSeconds(1),
    };

    private static readonly LegacyDevice Legacy = new()
    {
        Id = LegacyDeviceId.Of(LegacyHash), Token = LegacyHash, Name = "old phone", IsBootstrapDevice = true, CreatedAt = Start.AddDays(-100), LastUsedAt = Start.AddDays(-1),
        ImportedAt = Start, ImportedBy = "control:uid=1000",
    };

    private static readonly SurfaceRequest Asked = new()
    {
        Id = RequestId("000000000003"), Node = Id(1), Caps = ["browser", "system"], Commands = ["system.run", "system.which"], Again = true, ClientAddress = "192.0.2.1",
        FirstAt = Start, LastAt = Start + TimeSpan.FromSeconds(1),
    };

    private static readonly ApprovedSurface Lent = new(["system"], ["system.run", "system.which"], Start, "control:uid=1000");

    private static readonly RegistryEvent[] Samples =
    [
        new RegistryEvent.HostEnrolled(Start, Paired with { Kind = DeviceKind.Host, Via = PairedVia.Bootstrap, PairedBy = "daemon", Platform = null }),
        new RegistryEvent.HostCredentialRotationPrepared(Start, Id(1), Id(2)),
        new RegistryEvent.HostCredentialRotated(Start, Paired with { Kind = DeviceKind.Host, Via = PairedVia.Bootstrap, PairedBy = "daemon", Platform = null }, Id(2)),
        new RegistryEvent.HostCredentialRotationAbandoned(Start, Id(1)),
        new RegistryEvent.BootstrapAdvanced(Start, BootstrapPhase.Seeded),
        new RegistryEvent.CodeMinted(Start, Issued),
        new RegistryEvent.CodeTried(Start, Issued.Id, 3),
        new RegistryEvent.CodeRedeemed(Start, Issued.Id, Paired, "192.0.2.1"),
        new RegistryEvent.PairingRequested(Start, Waiting),
        new RegistryEvent.PairingRetried(Start, Waiting),
        new RegistryEvent.PairingSuperseded(Start, Waiting.Id, RequestId("000000000002")),
        new RegistryEvent.PairingExpired(Start, Waiting.Id),
        new RegistryEvent.PairingDropped(Start, Waiting.Id, DropCause.CrowdedOut),
        new RegistryEvent.PairingApproved(Start, Waiting.Id, Paired with { Via = PairedVia.Owner }),
        new RegistryEvent.PairingRejected(Start, Waiting.Id, "d_01234567", "not mine"),
        new RegistryEvent.DeviceRevoked(Start, Id(1), "control:uid=1000", "lost"),
        new RegistryEvent.TombstoneLifted(Start, Id(1)),
        new RegistryEvent.DevicePairedSilently(Start, WithTokens with { Via = PairedVia.Local, PairedBy = "local:uid=1000" }, "127.0.0.1"),
        new RegistryEvent.PostureRecorded(Start, new Posture("local", "token")),
        new RegistryEvent.LocalPairingSuspended(Start, new Posture("reverse-proxy", "trusted-proxy")),
        new RegistryEvent.LocalPairingConfirmed(Start, new Posture("reverse-proxy", "trusted-proxy"), "control:uid=1000"),
        new RegistryEvent.DeviceRenamed(Start, Id(1), "kitchen", "control:uid=1000"),
        new RegistryEvent.DeviceScopesChanged(Start, Id(1), ScopeSet.ReadWrite, "control:uid=1000"),
        new RegistryEvent.DeviceTokenIssued(Start, Id(1), new DeviceToken(Role.Node, "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg", ScopeSet.Empty, Start), "control:uid=1000"),
        new RegistryEvent.DeviceTokenRevoked(Start, Id(1), Role.Node, "control:uid=1000"),
        new RegistryEvent.DeviceRekeyed(Start, Id(2), Paired),
        new RegistryEvent.DevicesSeen(Start, [Id(1), Id(2)]),
        new RegistryEvent.DeviceImported(Start, WithTokens with { Via = PairedVia.Import }),
        new RegistryEvent.LegacyDeviceImported(Start, Legacy),
        new RegistryEvent.LegacyDeviceEnrolled(Start, Legacy.Id, Paired with { Via = PairedVia.Import, PairedBy = $"legacy:{Legacy.Id}" }, "127.0.0.1"),
        new RegistryEvent.LegacyDeviceRemoved(Start, Legacy.Id, "control:uid=1000", "lost"),
        new RegistryEvent.EpochBegan(Start, 3, EpochCause.Restore),
        new RegistryEvent.TombstonesKept(Start, [Paired with { RevokedAt = Start.AddMinutes(-1) }]),
        new RegistryEvent.DevicesSuspended(Start),
        new RegistryEvent.DevicesConfirmed(Start, [Id(1)], "control:uid=1000"),
        new RegistryEvent.SurfaceRequested(Start, Asked, RequestId("000000000002")),
        new RegistryEvent.SurfaceRetried(Start, Asked.Id, "192.0.2.1"),
        new RegistryEvent.SurfaceExpired(Start, Asked.Id),
        new RegistryEvent.SurfaceApproved(Start, Id(1), Lent, Asked.Id),
        new RegistryEvent.SurfaceRejected(Start, Asked.Id, "control:uid=1000"),
        new RegistryEvent.SurfaceRemoved(Start, Id(1), "control:uid=1000"),
    ];

    public static TheoryData<string> Manifests => [.. RegistryCodec.Manifests];

    [Fact]
    public void Has_AManifest_ForEveryEvent()
    {
        var union = typeof(RegistryEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RegistryEvent))).ToHashSet();

        Assert.Equal(union, Samples.Select(sample => sample.GetType()).ToHashSet());
        Assert.Equal(RegistryCodec.Manifests, Samples.Select(sample => Codec.EncodeEvent(sample).Manifest));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Writes_AndReads_TheGoldenForm(string manifest)
    {
        var sample = Samples.Single(sample => Codec.EncodeEvent(sample).Manifest == manifest);
        var golden = GoldenFile.Of("Devices", manifest, Codec.EncodeEvent(sample).Bytes);

        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(sample).Bytes));
        var read = Codec.DecodeEvent(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(sample.GetType(), read.GetType());
        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(read).Bytes));
    }

    [Fact]
    public void Reads_BackWhatHasNoOptionalPart()
    {
        RegistryEvent[] bare =
        [
            new RegistryEvent.PairingRejected(Start, Waiting.Id, "d_01234567"),
            new RegistryEvent.DeviceRevoked(Start, Id(1), "d_01234567"),
            new RegistryEvent.CodeMinted(Start, Issued with { Name = null }),
            new RegistryEvent.PairingRequested(Start, Waiting with { Platform = null, Symbols = null }),
        ];
        foreach (var @event in bare)
        {
            var (manifest, bytes) = Codec.EncodeEvent(@event);
            Assert.Equal(@event, Codec.DecodeEvent(manifest, bytes));
        }
    }

    [Fact]
    public void Writes_AndReads_TheGoldenSnapshot()
    {
        var registry = new TestRegistry();
        registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(9), "host"));
        registry.Mint();
        registry.Do((id, now) => RequestPairing(id, now, 2, name: "a") with { FreshId = RequestId("000000000001") });
        registry.Do((id, now) => RequestPairing(id, now, 2, name: "b") with { FreshId = RequestId("000000000002") });
        var (manifest, bytes) = Codec.EncodeSnapshot(registry.State);
        var golden = GoldenFile.Of("Devices", manifest, bytes);

        Assert.Equal(golden, Encoding.UTF8.GetString(bytes));
        var read = Codec.DecodeSnapshot(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(RegistryText.Of(registry.State), RegistryText.Of(read));
        Assert.Equal(registry.State.Host, read.Host);
    }

    [Fact]
    public void Restores_TombstonesAndSpentCodes_FromASnapshot()
    {
        var registry = new TestRegistry();
        var code = registry.Mint();
        registry.Redeem(code, 1);
        registry.Pair(2, symbols: "bbbb");
        registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(2), null, Operator));

        var (manifest, bytes) = Codec.EncodeSnapshot(registry.State);
        var read = Codec.DecodeSnapshot(manifest, bytes);

        Assert.Equal(RegistryText.Of(registry.State), RegistryText.Of(read));
        Assert.Equal(1, read.RevokedCount);
        Assert.Equal(Id(1), read.Codes[code].SpentBy);
        Assert.Equal(registry.State.Names, read.Names);
    }

    [Fact]
    public void Restores_LegacyDevices_WaitingSpentAndTakenBack_FromASnapshot()
    {
        var other = Legacy with { Id = LegacyDeviceId.TryParse("l_0000000000000001", out var one) ? one : default };
        var third = Legacy with { Id = LegacyDeviceId.TryParse("l_0000000000000002", out var two) ? two : default };
        var before = RegistryState.Empty.Apply(
        [
            new RegistryEvent.LegacyDeviceImported(Start, Legacy), new RegistryEvent.LegacyDeviceImported(Start, other), new RegistryEvent.LegacyDeviceImported(Start, third),
            new RegistryEvent.LegacyDeviceEnrolled(Start, other.Id, Paired, "127.0.0.1"), new RegistryEvent.LegacyDeviceRemoved(Start, third.Id, "control:uid=1000"),
        ]);

        var (manifest, bytes) = Codec.EncodeSnapshot(before);
        var read = Codec.DecodeSnapshot(manifest, bytes);

        Assert.Equal(RegistryText.Of(before), RegistryText.Of(read));
        Assert.Equal((true, false, false), (read.Legacy[Legacy.Id].IsWaiting, read.Legacy[other.Id].IsWaiting, read.Legacy[third.Id].IsWaiting));
        Assert.Equal(Id(1), read.Legacy[other.Id].EnrolledAs);
        Assert.Throws<RegistryEventException>(() => read.Apply(new RegistryEvent.LegacyDeviceEnrolled(Start, other.Id, Paired with { Id = Id(3), Key = Key(3) }, "127.0.0.1")));
        Assert.Throws<RegistryEventException>(() => read.Apply(new RegistryEvent.LegacyDeviceEnrolled(Start, third.Id, Paired with { Id = Id(3), Key = Key(3) }, "127.0.0.1")));
    }

    [Fact]
    public void Restores_Surfaces_AndWhatNodesAskFor_FromASnapshot()
    {
        var before = RegistryState.Empty.Apply(
        [
            new RegistryEvent.DevicePairedSilently(Start, Paired, "127.0.0.1"), new RegistryEvent.SurfaceApproved(Start, Id(1), Lent), new RegistryEvent.SurfaceRequested(Start, Asked),
        ]);

        var (manifest, bytes) = Codec.EncodeSnapshot(before);
        var read = Codec.DecodeSnapshot(manifest, bytes);

        Assert.Equal(RegistryText.Of(before), RegistryText.Of(read));
        Assert.Equal<string>(Lent.Commands, read.Surfaces[Id(1)].Commands);
        Assert.Equal(Asked.ExpiresAt, read.SurfaceRequests[Asked.Id].ExpiresAt);
    }

    [Fact]
    public void Restores_TokensPostureAndLastSeen_FromASnapshot()
    {
        var before = RegistryState.Empty.Apply(
        [
            new RegistryEvent.DevicePairedSilently(Start, WithTokens, "127.0.0.1"), new RegistryEvent.PostureRecorded(Start, new Posture("local", "token")),
            new RegistryEvent.LocalPairingSuspended(Start, new Posture("local", "none")),
        ]);

        var (manifest, bytes) = Codec.EncodeSnapshot(before);
        var read = Codec.DecodeSnapshot(manifest, bytes);

        Assert.Equal<DeviceToken>(WithTokens.Tokens, read.Devices[Id(1)].Tokens);
        Assert.Equal(WithTokens.SeenAt, read.Devices[Id(1)].SeenAt);
        Assert.Equal((new Posture("local", "none"), true), (read.Posture, read.LocalPairingSuspended));
        Assert.Equal(RegistryText.Of(before), RegistryText.Of(read));
    }

    [Fact]
    public void Reads_ALargeSnapshot_ByManyCores_AndWhatCameAfterIt()
    {
        var registry = new TestRegistry();
        var draft = new RegistryDraft(RegistryState.Empty);
        for (var i = 0; i < 9000; i++)
        {
            draft.Apply(new RegistryEvent.HostEnrolled(Start, Paired with { Id = Id(i), Key = Key(i), Name = $"device {i}" }));
        }

        var (manifest, bytes) = Codec.EncodeSnapshot(draft.ToState());
        RegistryEvent[] tail = [new RegistryEvent.CodeMinted(Start, Issued), new RegistryEvent.DeviceRevoked(Start, Id(7), "d_01234567", "\n\"],[\"")];
        var extended = RegistryCodec.ExtendSnapshot(bytes, [.. tail.Select(@event => Codec.EncodeEvent(@event)).Select(record => (record.Manifest, new ReadOnlyMemory<byte>(record.Bytes)))]);

        Assert.Equal(RegistryText.Of(draft.ToState()), RegistryText.Of(Codec.DecodeSnapshot(manifest, bytes)));
        Assert.Equal(RegistryText.Of(draft.ToState().Apply(tail)), RegistryText.Of(Codec.DecodeSnapshot(manifest, extended)));
    }

    public static TheoryData<string, string> BrokenDevices => new()
    {
        { "a field is missing", """{"id":"ID","key":"KEY","name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x"}""" },
        { "the key is cut short", """{"id":"ID","key":"p256:BAAA","name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}""" },
        { "the key is not base64url", """{"id":"ID","key":"p256:B!==","name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}""" },
        { "the key is a number", """{"id":"ID","key":7,"name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}""" },
        { "the id is malformed", """{"id":"d_00","key":"KEY","name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}""" },
        { "the kind is unknown", """{"id":"ID","key":"KEY","name":"n","kind":"magic","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}""" },
        { "the name is null", """{"id":"ID","key":"KEY","name":null,"kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}""" },
        { "the roles are text", """{"id":"ID","key":"KEY","name":"n","kind":"paired","roles":"operator","scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}""" },
        { "a token is text", """{"id":"ID","key":"KEY","name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z","tokens":["x"]}""" },
        { "a token lacks its hash", """{"id":"ID","key":"KEY","name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z","tokens":[{"role":"node","scopes":[],"issuedAt":"2026-03-01T12:00:00Z"}]}""" },
        { "a token's role is unknown", """{"id":"ID","key":"KEY","name":"n","kind":"paired","roles":[],"scopes":[],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z","tokens":[{"role":"king","sha256":"x","scopes":[],"issuedAt":"2026-03-01T12:00:00Z"}]}""" },
        { "it is an array", "[]" },
    };

    [Theory]
    [MemberData(nameof(BrokenDevices))]
    public void Refuses_ADevice_When(string what, string json)
    {
        var device = json.Replace("ID", Id(1).ToString(), StringComparison.Ordinal).Replace("KEY", Key(1).ToString(), StringComparison.Ordinal);
        var record = Encoding.UTF8.GetBytes($$$"""{"at":"2026-03-01T12:00:00+00:00","device":{{{device}}}}""");

        Assert.True(Record.Exception(() => Codec.DecodeEvent("dr1.host-enrolled", record)) is JsonException, what);
    }

    [Fact]
    public void Ignores_ANewerDevicesFields()
    {
        var json = $$$"""{"at":"2026-03-01T12:00:00+00:00","device":{"new":{"deep":[1]},"id":"{{{Id(1)}}}","key":"{{{Key(1)}}}","name":"n","kind":"paired","roles":["node","poet"],"scopes":["operator.read","operator.sing"],"via":"code","pairedBy":"x","pairedAt":"2026-03-01T12:00:00Z"}}""";

        var device = Assert.IsType<RegistryEvent.HostEnrolled>(Codec.DecodeEvent("dr1.host-enrolled", Encoding.UTF8.GetBytes(json))).Device;

        Assert.Equal<Role>([Role.Node], device.Roles);
        Assert.Equal(new ScopeSet(Scope.Read), device.Scopes);
    }

    [Fact]
    public void Keeps_EveryFormOfKey_AndEscapedText()
    {
        using var own = SigningKey.Generate();
        foreach (var key in (PublicKey[])[own.Public, Key(3)])
        {
            var device = Paired with { Id = key.DeviceId, Key = key, Name = "käse \"🧀\" <b>", PairedBy = "control:uid=\"0\"", Platform = null };
            var (manifest, bytes) = Codec.EncodeEvent(new RegistryEvent.HostEnrolled(Start, device));

            var read = Assert.IsType<RegistryEvent.HostEnrolled>(Codec.DecodeEvent(manifest, bytes)).Device;

            Assert.Equal(device with { Roles = [] }, read with { Roles = [] });
            Assert.Equal(key.ToString(), read.Key.ToString());
            Assert.Equal(read.Key.DeviceId, read.Id);
        }
    }

    [Fact]
    public void Refuses_ManifestsNobodyKnows()
    {
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeEvent("dr9.paired", "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeEvent(RegistryCodec.SnapshotManifest, "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeSnapshot("dr2.snapshot", "{}"u8.ToArray()));
    }

    [Fact]
    public void Ignores_FieldsOfANewerVersion_AndRefusesMissingOnes()
    {
        var read = Codec.DecodeEvent("dr1.code-tried", """{"at":"2026-03-01T12:00:00+00:00","codeId":"pc_aaaa","try":2,"new":true}"""u8.ToArray());

        Assert.Equal(new RegistryEvent.CodeTried(Start, Code("aaaa"), 2), read);
        Assert.Throws<JsonException>(() => Codec.DecodeEvent("dr1.code-tried", """{"at":"2026-03-01T12:00:00+00:00"}"""u8.ToArray()));
        Assert.Throws<JsonException>(() => Codec.DecodeEvent("dr1.code-tried", "null"u8.ToArray()));
    }

    [Fact]
    public void Prints_NoSecret()
    {
        var minted = new RegistryEvent.CodeMinted(Start, Issued with { SealedKey = new SealedSecret("canary"u8.ToArray()) });

        Assert.Contains("***", minted.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", minted.ToString(), StringComparison.Ordinal);
    }
}
