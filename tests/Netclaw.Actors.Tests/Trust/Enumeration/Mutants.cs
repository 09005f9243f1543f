using System.Collections.Immutable;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>A policy with one thing wrong.</summary>
internal sealed record Mutant(string Name, TrustPolicy Policy)
{
    public override string ToString() => Name;
}

/// <summary>Policies that lack one check, or one check of which sees one thing otherwise than it is.</summary>
internal static class Mutants
{
    private static readonly ListenerKind[] Listeners = [ListenerKind.Control, ListenerKind.Shared, ListenerKind.Tcp];

    public static IEnumerable<Mutant> All => WithoutACheck().Concat(Deceived());

    /// <summary>Each check of each table taken out.</summary>
    public static IEnumerable<Mutant> WithoutACheck() =>
        from listener in Listeners
        from check in TrustPolicy.Default.Checks(listener)
        select new Mutant($"{listener} without {check.Name}", With(listener, checks => checks.Remove(check)));

    /// <summary>One condition of one check made to hold always.</summary>
    public static IEnumerable<Mutant> Deceived() =>
    [
        Sees(ListenerKind.Control, "bridged", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Control, "bridged", "no origin", asked => asked.Seen(seen => seen with { Origin = null })),
        Sees(ListenerKind.Control, "bridged", "no other site", asked => asked.Seen(seen => seen with { CrossSite = false })),
        Sees(ListenerKind.Control, "bridged", "a local host", asked => asked.Seen(seen => seen with { Host = null })),
        Sees(ListenerKind.Control, "peer-user", "the owner", asked => asked.Seen(seen => seen with { Peer = new PeerProcess(Ask.Owner, Ask.Owner, 1, [], false) })),
        Sees(ListenerKind.Control, "descendant", "no descent", asked => asked.Seen(seen => seen with { Peer = seen.Peer is null ? null : seen.Peer with { DescendsFromDaemon = false } })),
        Sees(ListenerKind.Control, "spawn", "the run's user", asked => asked.Seen(seen => seen with { Peer = new PeerProcess(asked.Credentials.SpawnGrant?.UserId ?? 0, 0, 1, [], true) })),
        Sees(ListenerKind.Shared, "peer-user", "any group", asked => asked.Under(options => options with { ControlGroups = [.. asked.Evidence.Peer?.Groups ?? []] })),
        Sees(ListenerKind.Shared, "shared-operator", "the owner", asked => asked.Under(options => options with { OwnerUserId = asked.Evidence.Peer?.UserId ?? 0 })),
        Sees(ListenerKind.Tcp, "host", "a good host", asked => asked.Seen(seen => seen with { HostAllowed = true })),
        Sees(ListenerKind.Tcp, "origin", "a good origin", asked => asked.Seen(seen => seen with { OriginAllowed = true })),
        Sees(ListenerKind.Tcp, "origin", "no other site", asked => asked.Seen(seen => seen with { CrossSite = false })),
        Sees(ListenerKind.Tcp, "origin", "another auth mode", asked => asked.Under(options => options with { Auth = AuthMode.Token })),
        Sees(ListenerKind.Tcp, "spawn", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Tcp, "spawn", "loopback", asked => asked.Seen(seen => seen with { Place = RemotePlace.Loopback })),
        Sees(ListenerKind.Tcp, "spawn", "no user", asked => asked.Seen(seen => seen with { RemoteUserId = null })),
        Sees(ListenerKind.Tcp, "spawn", "no tunnel", asked => asked.Under(options => options with { Exposure = ExposureMode.Local })),
        Sees(ListenerKind.Tcp, "spawn", "nothing asked for", asked => asked.Says(hello => hello with { Scopes = ScopeSet.Empty })),
        Sees(ListenerKind.Tcp, "setup-code", "a code that waits", asked => asked.WithSetups(setup => setup with { SpentBy = null })),
        Sees(ListenerKind.Tcp, "setup-code", "a code for every role", asked => asked.WithSetups(setup => setup with { Roles = [Role.Operator, Role.Node] })),
        Sees(ListenerKind.Tcp, "setup-code", "a code of every scope", asked => asked.WithSetups(setup => setup with { Scopes = ScopeSet.All })),
        Sees(ListenerKind.Tcp, "setup-code", "its own code", asked => asked.WithSetups(setup => setup with { SpentBy = setup.SpentBy is null ? null : asked.Hello.DeviceKey?.DeviceId })),
        Sees(ListenerKind.Tcp, "setup-code", "a proven key", asked => asked.Offers(offered => offered with { Proof = ProofVerdict.Valid })),
        Sees(ListenerKind.Tcp, "setup-code", "no limit", asked => asked.Offers(offered => offered with { Setup = offered.Setup == SecretVerdict.Limited ? SecretVerdict.Wrong : offered.Setup })),
        Sees(ListenerKind.Tcp, "device", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Tcp, "device", "loopback", asked => asked.Seen(seen => seen with { Place = RemotePlace.Loopback })),
        Sees(ListenerKind.Tcp, "device", "its own transcript", asked => asked.Offers(offered => offered with { Kind = ProofKind.Native })),
        Sees(ListenerKind.Tcp, "device", "no revocation", asked => asked with { Registry = asked.Registry with { Devices = asked.Registry.Devices.ToImmutableDictionary(entry => entry.Key, entry => entry.Value with { RevokedAt = null }) } }),
        Sees(ListenerKind.Tcp, "device", "every role", asked => asked with { Registry = asked.Registry with { Devices = asked.Registry.Devices.ToImmutableDictionary(entry => entry.Key, entry => entry.Value with { Roles = [Role.Operator, Role.Node] }) } }),
        Sees(ListenerKind.Tcp, "device", "every scope", asked => asked with { Registry = asked.Registry with { Devices = asked.Registry.Devices.ToImmutableDictionary(entry => entry.Key, entry => entry.Value with { Scopes = ScopeSet.All }) } }),
        Sees(ListenerKind.Tcp, "device", "everybody's token", asked => asked.Offers(offered => offered with { DeviceGrant = offered.DeviceGrant is null ? null : offered.DeviceGrant with { Device = Ask.Key.DeviceId } })),
        Sees(ListenerKind.Shared, "legacy-token", "the control socket", asked => asked.Seen(seen => seen with { Listener = ListenerKind.Control })),
        Sees(ListenerKind.Tcp, "legacy-token", "TLS", asked => asked.Seen(seen => seen with { TlsAttested = true })),
        Sees(ListenerKind.Tcp, "legacy-token", "no TLS", asked => asked.Seen(seen => seen with { TlsAttested = false })),
        Sees(ListenerKind.Tcp, "legacy-token", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Tcp, "legacy-token", "loopback", asked => asked.Seen(seen => seen with { Place = RemotePlace.Loopback, HostIsLoopback = true })),
        Sees(ListenerKind.Tcp, "legacy-token", "exposure local", asked => asked.Under(options => options with { Exposure = ExposureMode.Local })),
        Sees(ListenerKind.Tcp, "legacy-token", "its own transcript", asked => asked.Offers(offered => offered with { Kind = ProofKind.Native })),
        Sees(ListenerKind.Tcp, "legacy-token", "a right token", asked => asked.Offers(offered => offered with { Legacy = LegacyVerdict.Valid, LegacyDevice = Dimensions.Legacy })),
        Sees(ListenerKind.Tcp, "legacy-token", "an operator", asked => asked.Says(hello => hello with { Role = Role.Operator })),
        Sees(ListenerKind.Tcp, "legacy-token", "nothing asked for", asked => asked.Says(hello => hello with { Scopes = ScopeSet.Empty })),
        Sees(ListenerKind.Tcp, "suspension", "no suspension", asked => asked with { Registry = asked.Registry with { Devices = asked.Registry.Devices.ToImmutableDictionary(entry => entry.Key, entry => entry.Value with { SuspendedAt = null }) } }),
        Sees(ListenerKind.Tcp, "silent-pairing", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Tcp, "silent-pairing", "no origin", asked => asked.Seen(seen => seen with { Origin = null })),
        Sees(ListenerKind.Tcp, "silent-pairing", "the owner", asked => asked.Seen(seen => seen with { RemoteUserId = Ask.Owner })),
        Sees(ListenerKind.Tcp, "silent-pairing", "a loopback host", asked => asked.Seen(seen => seen with { HostIsLoopback = true })),
        Sees(ListenerKind.Tcp, "silent-pairing", "exposure local", asked => asked.Under(options => options with { Exposure = ExposureMode.Local })),
        Sees(ListenerKind.Tcp, "silent-pairing", "the option on", asked => asked.Under(options => options with { AutoApproveLocal = true })),
        Sees(ListenerKind.Tcp, "silent-pairing", "no suspension", asked => asked with { Registry = asked.Registry with { LocalPairingSuspended = false } }),
        Sees(ListenerKind.Tcp, "silent-pairing", "no intent", asked => asked.Says(hello => hello with { Pairing = null })),
        Sees(ListenerKind.Tcp, "silent-pairing", "no cap", asked => asked.Under(options => options with { LocalPairingScopes = ScopeSet.All })),
        Sees(ListenerKind.Tcp, "pairing-offer", "its own transcript", asked => asked.Offers(offered => offered with { Kind = ProofKind.Native })),
        Sees(ListenerKind.Tcp, "node-identity", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Tcp, "final-hop", "loopback allowed", asked => asked.Under(options => options with { TrustedProxy = Dimensions.Proxy(true, null, UidRule.None, null, []) })),
        Sees(ListenerKind.Tcp, "final-hop", "a listing", asked => asked.Seen(seen => seen with { Listing = ProxyListing.Single })),
        Sees(ListenerKind.Tcp, "final-hop", "no own interface", asked => asked.Seen(seen => seen with { Place = seen.Place == RemotePlace.OwnInterface ? RemotePlace.Elsewhere : seen.Place })),
        Sees(ListenerKind.Tcp, "final-hop", "listed interfaces", asked => asked.Seen(seen => seen with { Place = seen.Place == RemotePlace.Unlisted ? RemotePlace.Elsewhere : seen.Place })),
        Sees(ListenerKind.Tcp, "final-hop", "exposure local", asked => asked.Under(options => options with { Exposure = ExposureMode.Local })),
        Sees(ListenerKind.Tcp, "auth-none", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Tcp, "auth-none", "a loopback host", asked => asked.Seen(seen => seen with { HostIsLoopback = true })),
        Sees(ListenerKind.Tcp, "auth-none", "loopback", asked => asked.Seen(seen => seen with { Place = RemotePlace.Loopback })),
        Sees(ListenerKind.Tcp, "shared-secret", "the other secret", asked => asked.Offers(offered => offered with { Token = offered.Password, Password = offered.Token })),
        Sees(ListenerKind.Tcp, "shared-secret", "no limit", asked => asked.Offers(offered => offered with { Token = offered.Token == SecretVerdict.Limited ? SecretVerdict.Valid : offered.Token })),
        Sees(ListenerKind.Tcp, "proxy-process", "the proxy's user", asked => asked.Seen(seen => seen with { RemoteUserId = Dimensions.ProxyUser })),
        Sees(ListenerKind.Tcp, "required-headers", "all headers", asked => asked.Seen(seen => seen with { MissingHeader = null })),
        Sees(ListenerKind.Tcp, "user", "somebody", asked => asked.Seen(seen => seen with { User = HeaderReading.Of("alice") })),
        Sees(ListenerKind.Tcp, "user", "no conflict", asked => asked.Seen(seen => seen with { User = HeaderReading.Absent })),
        Sees(ListenerKind.Tcp, "user", "a signed assertion", asked => asked.Offers(offered => offered with { Assertion = offered.Assertion == AssertionVerdict.SignatureInvalid ? AssertionVerdict.Valid : offered.Assertion, AssertedUser = "alice" })),
        Sees(ListenerKind.Tcp, "allow-users", "everybody allowed", asked => asked.Under(options => options with { TrustedProxy = Dimensions.Proxy(options.TrustedProxy.AllowLoopback, options.TrustedProxy.LoopbackUser, options.TrustedProxy.ProxyUids, options.TrustedProxy.LoopbackUids, [], options.TrustedProxy.Assertion) })),
        Sees(ListenerKind.Tcp, "device-identity", "no forwarding", asked => asked.Seen(seen => seen with { Forwarded = false })),
        Sees(ListenerKind.Tcp, "device-identity", "a loopback host", asked => asked.Seen(seen => seen with { HostIsLoopback = true })),
        Sees(ListenerKind.Tcp, "device-identity", "the owner", asked => asked.Seen(seen => seen with { RemoteUserId = Ask.Owner })),
        Sees(ListenerKind.Tcp, "device-identity", "a shared secret", asked => asked.Under(options => options with { Auth = AuthMode.Token }).Offers(offered => offered with { Token = SecretVerdict.Valid, Password = SecretVerdict.Valid })),
        Sees(ListenerKind.Tcp, "device-identity", "remote scopes for all", asked => asked.Under(options => options with { SharedSecretScopesRemote = ScopeSet.All })),
        Sees(ListenerKind.Tcp, "device-identity", "the kernel's word on the proxy", asked => asked.Under(options => options with { TrustedProxy = Dimensions.Proxy(options.TrustedProxy.AllowLoopback, options.TrustedProxy.LoopbackUser, UidRule.Of(7), options.TrustedProxy.LoopbackUids, [], options.TrustedProxy.Assertion) })),
        Sees(ListenerKind.Tcp, "device-identity", "no revocation", asked => asked with { Registry = asked.Registry with { Devices = asked.Registry.Devices.ToImmutableDictionary(entry => entry.Key, entry => entry.Value with { RevokedAt = null }) } }),
        Labelled("device-identity"), Labelled("auth-none"),
    ];

    /// <summary>The mistake of CVE-2026-35663: a client that calls itself a backend is spared the check.</summary>
    private static Mutant Labelled(string name) => new($"Tcp {name} spares backends", Replaced(ListenerKind.Tcp, name, check => new TrustCheck(check.Name, asked =>
        asked.Hello.Client.Mode == "backend" ? Admit(asked) : check.Run(asked))));

    private static AccessQuestion WithSetups(this AccessQuestion asked, Func<IssuedSetup, IssuedSetup> change) =>
        asked with { Registry = asked.Registry with { Setups = asked.Registry.Setups.ToImmutableDictionary(entry => entry.Key, entry => change(entry.Value)) } };

    private static AccessDecision.Granted Admit(AccessQuestion asked) => new(new Principal(AuthMethod.None, asked.Hello.Role, asked.Hello.Scopes, null, "backend"));

    private static Mutant Sees(ListenerKind listener, string name, string what, Func<AccessQuestion, AccessQuestion> otherwise) =>
        new($"{listener} {name} sees {what}", Replaced(listener, name, check => new TrustCheck(check.Name, asked => check.Run(otherwise(asked)))));

    private static TrustPolicy Replaced(ListenerKind listener, string name, Func<TrustCheck, TrustCheck> replace) =>
        With(listener, checks => [.. checks.Select(check => check.Name == name ? replace(check) : check)]);

    private static TrustPolicy With(ListenerKind changed, Func<ImmutableArray<TrustCheck>, ImmutableArray<TrustCheck>> change)
    {
        ImmutableArray<TrustCheck> Table(ListenerKind listener) => listener == changed ? change(TrustPolicy.Default.Checks(listener)) : TrustPolicy.Default.Checks(listener);
        return new TrustPolicy(Table(ListenerKind.Control), Table(ListenerKind.Shared), Table(ListenerKind.Tcp));
    }
}
