using System.Collections.Immutable;

namespace Netclaw.Actors.Trust;

/// <summary>The tables. A check's place in its table is part of what it means: it may rely on those above it.</summary>
public static class TrustChecks
{
    /// <summary>The control socket: nothing that a remote peer can send takes part.</summary>
    public static ImmutableArray<TrustCheck> Control { get; } =
    [
        new("bridged", SocketChecks.Bridged),               // 1. Host and Origin: any trace of a browser or proxy
        new("spawn", SpawnChecks.Spawned),                  // 2. native proofs: a child of the daemon names its run
        new("peer-user", SocketChecks.ForeignUser),         //    who the kernel says it is
        new("descendant", SocketChecks.Descendant),         //    and whether the daemon started it
        new("device-proof", DeviceChecks.BrokenProof),      //    a device identity that is present must hold
        new("legacy-token", LegacyChecks.Enrol),            //    an earlier gateway's token enrols a key, once
        new("local-operator", SocketChecks.LocalOperator),  // 3. the owner
    ];

    /// <summary>The second socket: other users of this machine.</summary>
    public static ImmutableArray<TrustCheck> Shared { get; } =
    [
        new("bridged", SocketChecks.Bridged),
        new("spawn", SpawnChecks.Spawned),
        new("peer-user", SocketChecks.UnlistedUser),
        new("descendant", SocketChecks.Descendant),
        new("device-proof", DeviceChecks.BrokenProof),
        new("legacy-token", LegacyChecks.Enrol),
        new("shared-operator", SocketChecks.SharedOperator),
    ];

    /// <summary>TCP: an address is never an identity.</summary>
    public static ImmutableArray<TrustCheck> Tcp { get; } =
    [
        new("host", BrowserChecks.ForeignHost),             // 1. Host and Origin
        new("origin", BrowserChecks.ForeignOrigin),
        new("device-proof", DeviceChecks.BrokenProof),      // 2. native proofs, which no rule below refuses
        new("spawn", SpawnChecks.Spawned),
        new("suspension", DeviceChecks.Suspended),          //    a restored device waits for an operator
        new("setup-code", SetupChecks.Redeem),              //    an operator's word for a key that it did not know yet
        new("device", DeviceChecks.KnownDevice),
        new("legacy-token", LegacyChecks.Enrol),
        new("silent-pairing", PairingChecks.SilentPairing),
        new("pairing-offer", PairingChecks.Offer),
        new("node-identity", NodeChecks.RemoteNode),
        new("proxy-config", ProxyChecks.Configuration),     // 3. attribution: the last hop
        new("final-hop", ProxyChecks.FinalHop),
        new("auth-none", SecretChecks.Nothing),             // 4. authentication, one of four
        new("shared-secret", SecretChecks.SharedSecret),
        new("proxy-process", ProxyUserChecks.ForeignProcess),
        new("required-headers", ProxyUserChecks.RequiredHeaders),
        new("user", ProxyUserChecks.User),
        new("allow-users", ProxyUserChecks.AllowUsers),
        new("device-identity", IdentityChecks.Identify),    // 5. device identity, pairing, scopes
    ];
}
