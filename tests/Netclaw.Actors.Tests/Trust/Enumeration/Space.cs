using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.Enumeration.Dimensions;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>The whole space: each slice crosses in full what its rules look at, and takes the rest in few values.</summary>
internal static class Space
{
    private static readonly ScopeSet[] Scopes = [ScopeSet.Empty, ScopeSet.All];
    private static readonly PairingIntent?[] Intents = [null, Ask.Intent];
    private static readonly RegistrySnapshot[] Empty = [Ask.Registry()];

    private static readonly RegistrySnapshot[] Registries =
    [
        .. Empty, Ask.Registry() with { LocalPairingSuspended = true },
        Ask.Registry(Ask.Paired(ScopeSet.DeviceDefault, Role.Operator)), Ask.Registry(Ask.Paired(ScopeSet.All, Role.Operator, Role.Node)), Ask.Registry(Ask.Paired(ScopeSet.Empty, Role.Node)),
        Ask.Registry(Ask.Paired(ScopeSet.All, Role.Operator, Role.Node) with { SuspendedAt = Ask.Now }),
        Ask.Registry(Ask.Paired(ScopeSet.All, Role.Operator) with { RevokedAt = Ask.Now }), Ask.Registry(Ask.Paired(ScopeSet.All, Role.Operator, Role.Node) with { Kind = DeviceKind.Host }),
    ];

    public static ImmutableArray<Slice> All { get; } =
    [
        new("sockets", Sockets().With([[], .. Hosts]).With(SomeForwarding).With(Origins),
            [
                new TrustOptions { OwnerUserId = Ask.Owner }, new TrustOptions { OwnerUserId = Ask.Owner, ControlUsers = [Stranger, UserId.Overflow] },
                new TrustOptions { OwnerUserId = Ask.Owner, ControlGroups = [2000, UserId.Overflow], ControlScopes = new(Scope.Read) },
            ],
            Hellos(Scopes, [null]), [.. Proofs(), .. Spawns(), .. Legacies()], [Registries[3]]),
        new("devices", Places().With(Traces),
            Modes([.. Enum.GetValues<AuthMode>()]).SelectMany(Loopbacks).Where(options => options.Auth != AuthMode.None || options.Exposure == ExposureMode.Local),
            Hellos(Scopes, Intents), Devices(), Registries),
        new("secrets", Places().With(SomeForwarding).With(Hosts).With(Origins), Modes(AuthMode.Token, AuthMode.Password, AuthMode.None).SelectMany(Secrets), Hellos([ScopeSet.ReadWrite], [null]), Shared(), Empty),
        new("proxies", Places().With(SomeForwarding).With(GoodHosts).With(GoodOrigins).With(Named).With(Teams), Modes(AuthMode.TrustedProxy).SelectMany(Users), Hellos([ScopeSet.All], [null]), [Credentials.None], Empty),
        new("assertions", Places().With(SomeForwarding).With(Named).With([[], [new("X-Jwt", "a.b.c")], [new("X-Jwt", "a.b.c"), new("X-Jwt", "d.e.f")]]).With([[.. Hosts[0], .. Teams[0]]]),
            Modes(AuthMode.TrustedProxy).SelectMany(Signed), Hellos([ScopeSet.All], [null]), Asserted(), Empty),
        new("children", Places().With(Forwarding).With(GoodHosts).With(Origins), Modes(AuthMode.Token, AuthMode.TrustedProxy), Hellos(Scopes, [null]), Spawns(), Empty),
        new("legacy tokens", Places().With(GoodHosts).With(Schemes), Modes(AuthMode.Token, AuthMode.TrustedProxy).SelectMany(Loopbacks), Hellos([ScopeSet.ReadWrite, ScopeSet.All], [null]), Legacies(),
            [Registries[0], Registries[2], Registries[5]]),
        new("setup codes", Places().With([Hosts[0]]), Modes(AuthMode.Token), Hellos([ScopeSet.Empty, ScopeSet.ReadWrite, ScopeSet.All], [null]), SetUps(),
            [.. Registries.Select(registry => registry with { Setups = Dimensions.Setups.ToImmutableDictionary(setup => setup.Id) })]),
        new("first steps", Places().With(SomeForwarding).With(Traces),
            from options in Modes([.. Enum.GetValues<AuthMode>()])
            from proxies in (NetworkSet[])[NetworkSet.Empty, Proxies]
            from allowLoopback in (bool[])[false, true]
            from header in (string?[])[null, "X-User"]
            select options with { TrustedProxies = proxies, TrustedProxy = new TrustedProxyOptions { UserHeader = header, AllowLoopback = allowLoopback } },
            Hellos([ScopeSet.ReadWrite], [null]), [Credentials.None, new Credentials { Token = SecretVerdict.Valid, Password = SecretVerdict.Valid }], Empty),
    ];

    public static int Count => All.Sum(slice => slice.Count);

    private static IEnumerable<Credentials> Proofs() => Enum.GetValues<ProofVerdict>().Select(Credentials.Of);

    private static IEnumerable<Credentials> Spawns() =>
    [
        .. from verdict in Enum.GetValues<SpawnVerdict>().Where(verdict => verdict != SpawnVerdict.Valid) select new Credentials { Spawn = verdict },
        .. from user in (uint[])[Ask.Owner, Stranger, UserId.Overflow]
           select new Credentials { Spawn = SpawnVerdict.Valid, SpawnGrant = new SpawnGrant(Run, ScopeSet.ReadWrite, user) },
        new Credentials { Spawn = SpawnVerdict.Valid },
        new Credentials { Spawn = SpawnVerdict.Valid, SpawnGrant = new SpawnGrant(Run, ScopeSet.All, Ask.Owner), Proof = ProofVerdict.SignatureInvalid },
    ];

    private static IEnumerable<Credentials> Devices()
    {
        var native = new Credentials { Proof = ProofVerdict.Valid };
        var protocol = native with { Kind = ProofKind.Protocol };
        var bearer = protocol with { DeviceToken = SecretVerdict.Valid };
        return
        [
            native, native with { Token = SecretVerdict.Valid, Password = SecretVerdict.Valid }, native with { Token = SecretVerdict.Wrong, Password = SecretVerdict.Wrong }, protocol,
            protocol with { Token = SecretVerdict.Valid, Password = SecretVerdict.Valid }, protocol with { DeviceToken = SecretVerdict.Wrong }, protocol with { DeviceToken = SecretVerdict.Limited },
            bearer with { DeviceGrant = new DeviceTokenGrant(Ask.Key.DeviceId, Role.Operator, ScopeSet.ReadWrite) }, bearer with { DeviceGrant = new DeviceTokenGrant(Ask.Key.DeviceId, Role.Node, ScopeSet.Empty) },
            bearer with { DeviceGrant = new DeviceTokenGrant(SigningKey.Generate().Public.DeviceId, Role.Operator, ScopeSet.All) },
        ];
    }

    private static IEnumerable<Credentials> Legacies() =>
        from proof in (Credentials[])[Credentials.None, Credentials.Of(ProofVerdict.Valid), Credentials.Of(ProofVerdict.Valid) with { Kind = ProofKind.Protocol }]
        from verdict in Enum.GetValues<LegacyVerdict>().Where(verdict => verdict != LegacyVerdict.Absent)
        select proof with { Legacy = verdict, LegacyDevice = verdict == LegacyVerdict.Valid ? Legacy : null };

    private static IEnumerable<Credentials> SetUps()
    {
        var native = Credentials.Of(ProofVerdict.Valid);
        var protocol = native with { Kind = ProofKind.Protocol };
        var bearer = protocol with { DeviceToken = SecretVerdict.Valid, DeviceGrant = new DeviceTokenGrant(Ask.Key.DeviceId, Role.Operator, ScopeSet.ReadWrite) };
        return
        [
            .. from proof in (Credentials[])[Credentials.None, native, protocol]
               from setup in Dimensions.Setups
               select proof with { Setup = SecretVerdict.Valid, SetupCode = setup.Id },
            .. from proof in (Credentials[])[Credentials.None, native, protocol, bearer]
               from verdict in (SecretVerdict[])[SecretVerdict.Wrong, SecretVerdict.Limited]
               select proof with { Setup = verdict },
            protocol with { Setup = SecretVerdict.Valid, SetupCode = SetupCodeId.New() }, // forgotten since
        ];
    }

    private static IEnumerable<Credentials> Shared() =>
    [
        .. from verdict in Enum.GetValues<SecretVerdict>() select new Credentials { Token = verdict, Password = verdict, SecretGeneration = 3 },
        new Credentials { Token = SecretVerdict.Valid }, new Credentials { Password = SecretVerdict.Valid },
        .. from verdict in Enum.GetValues<SecretVerdict>().Where(verdict => verdict != SecretVerdict.Absent) select new Credentials { DeviceToken = verdict },
    ];

    private static IEnumerable<Credentials> Asserted() =>
    [
        .. from verdict in Enum.GetValues<AssertionVerdict>() where verdict != AssertionVerdict.Valid select new Credentials { Assertion = verdict },
        .. from user in (string?[])["alice", "mallory", null] select new Credentials { Assertion = AssertionVerdict.Valid, AssertedUser = user },
    ];

    private static IEnumerable<TrustOptions> Loopbacks(TrustOptions options) =>
    [
        options with { TrustedProxy = Proxy(allowLoopback: false, null, UidRule.None, null, []), AutoApproveLocal = options.Auth != AuthMode.Password },
        options with { TrustedProxy = Proxy(allowLoopback: true, "svc", UidRule.Of(ProxyUser, UserId.Overflow), null, []), LocalPairingScopes = new(Scope.Read) },
    ];

    private static IEnumerable<TrustOptions> Secrets(TrustOptions options) =>
    [
        options,
        options with { TrustedProxy = Proxy(allowLoopback: true, "svc", UidRule.None, UidRule.Anybody, []), SharedSecretScopesLocal = ScopeSet.ReadWrite, SharedSecretScopesRemote = new(Scope.Read) },
    ];

    private static IEnumerable<TrustOptions> Users(TrustOptions options) =>
        from allowLoopback in (bool[])[false, true]
        from loopbackUser in (string?[])[null, "svc"]
        from proxyUids in (UidRule[])[UidRule.None, UidRule.Of(ProxyUser, UserId.Overflow), UidRule.Anybody]
        from loopbackUids in (UidRule?[])[null, UidRule.Anybody]
        from users in (ImmutableArray<string>[])[[], ["alice"], ["alice", "svc"]]
        select options with { TrustedProxy = Proxy(allowLoopback, loopbackUser, proxyUids, loopbackUids, users) };

    private static IEnumerable<TrustOptions> Signed(TrustOptions options) =>
        from allowLoopback in (bool[])[false, true]
        from proxyUids in (UidRule[])[UidRule.None, UidRule.Of(ProxyUser)]
        select options with { TrustedProxy = Proxy(allowLoopback, "svc", proxyUids, null, ["alice", "svc"], Assertion) };
}
