using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>What the policy needs to know of this installation. Built once at start; the policy holds no state of its own.</summary>
public sealed record TrustOptions
{
    /// <summary>
    /// The user id that the daemon runs as: with root, the only one the control socket serves. No default: it is a fact of the
    /// process, and a guess would hand the socket to somebody else.
    /// </summary>
    public required uint OwnerUserId { get; init; }

    /// <summary>
    /// How far a proof's time may lie behind the gateway's clock. Default 10 minutes: devices whose clock drifts still connect; the
    /// nonce, not the time, is what stops a replay. Too small locks drifting devices out; larger buys nothing.
    /// </summary>
    public TimeSpan ProofPast { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far a proof's time may lie ahead of the gateway's clock. Default 2 minutes, for the same reason; too small locks out devices whose clock runs fast.</summary>
    public TimeSpan ProofFuture { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How the gateway is reached. Default <c>local</c>.</summary>
    public ExposureMode Exposure { get; init; } = ExposureMode.Local;

    /// <summary>The proxies that may stand in front, as the last hop. Default none; wider than need be lets strangers pose as the proxy.</summary>
    public NetworkSet TrustedProxies { get; init; } = NetworkSet.Empty;

    /// <summary>What authenticates whoever has no native proof. Default <c>token</c>.</summary>
    public AuthMode Auth { get; init; } = AuthMode.Token;

    /// <summary>Section <c>auth.trustedProxy</c>. Default: nothing trusted.</summary>
    public TrustedProxyOptions TrustedProxy { get; init; } = new();

    /// <summary>What the shared token or password grants on direct loopback with exposure <c>local</c>. Default all that is asked for.</summary>
    public ScopeSet SharedSecretScopesLocal { get; init; } = ScopeSet.All;

    /// <summary>What it grants from anywhere else without a device. Default none: pair a device. Anything more makes one leaked secret enough.</summary>
    public ScopeSet SharedSecretScopesRemote { get; init; } = ScopeSet.Empty;

    /// <summary>Other local users served on the shared socket. Default none.</summary>
    public ImmutableArray<uint> ControlUsers { get; init; } = [];

    /// <summary>Other local groups served on the shared socket. Default none.</summary>
    public ImmutableArray<uint> ControlGroups { get; init; } = [];

    /// <summary>What they may do. Default read and write; admin only where it is named.</summary>
    public ScopeSet ControlScopes { get; init; } = ScopeSet.ReadWrite;

    /// <summary>Further addresses that the host credential may come from, beside loopback and this machine's own. Default none.</summary>
    public NetworkSet HostAcceptFrom { get; init; } = NetworkSet.Empty;

    /// <summary>Whether local devices that bring a valid proof of locality are paired without a prompt. Default true.</summary>
    public bool AutoApproveLocal { get; init; } = true;

    /// <summary>What such a device gets at most. Default what any paired device gets.</summary>
    public ScopeSet LocalPairingScopes { get; init; } = ScopeSet.DeviceDefault;

    internal bool IsOwner(uint userId) => userId == OwnerUserId || userId == UserId.Root;

    /// <summary>Whose processes count as internal on loopback.</summary>
    internal UidRule LoopbackUids => TrustedProxy.LoopbackUids ?? UidRule.Of(OwnerUserId);
}
