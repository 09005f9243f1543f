using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Trust;

/// <summary>How a device was paired without a prompt.</summary>
public enum SilentVia
{
    /// <summary>An operator's device on this machine, by a shared secret or the daemon's own user.</summary>
    Local,

    /// <summary>A node inside this machine's trust boundary.</summary>
    Internal,
}

/// <summary>What <c>TrustPolicy.Decide</c> says. Closed.</summary>
public abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    public sealed record Granted(Principal Principal) : AccessDecision;

    /// <summary>The key is good but not paired (or asks for more than it has), and the client offered to pair.</summary>
    public sealed record MustPair(PublicKey Key, Role Role, ScopeSet Scopes, PairingIntent Intent) : AccessDecision
    {
        /// <summary>The device as it stands, when it is paired and asks for more; null: it is not paired.</summary>
        public Device? Known { get; init; }
    }

    /// <summary>The key is good, not paired, and local beyond doubt: it is paired first, then let in.</summary>
    public sealed record PairSilently(PublicKey Key, Role Role, ScopeSet Scopes, SilentVia Via) : AccessDecision;

    /// <summary>The key is good, not paired, and came with the right token of an earlier gateway: the token is spent on it, then it is let in.</summary>
    public sealed record EnrolLegacy(PublicKey Key, LegacyDeviceId Legacy) : AccessDecision;

    /// <summary>The key is good and came with a setup code that waits: the code is spent on it, then it is let in.</summary>
    public sealed record RedeemSetup(PublicKey Key, SetupCodeId Setup) : AccessDecision
    {
        /// <summary>What the code grants in the role that was asked for.</summary>
        public ScopeSet Scopes { get; init; }

        /// <summary>The code is for an operator's app, not for a node alone.</summary>
        public bool IsForApp { get; init; }
    }

    /// <param name="Check">What failed: the check's name in <see cref="TrustPolicy"/>'s table, or the condition within it (<c>role</c>, <c>scopes</c>, <c>pairing</c>, <c>device-token</c>, <c>host-credential</c>).</param>
    /// <param name="Seen">What was seen, without secrets.</param>
    public sealed record Refused(RefusalCode Code, string Check, string Seen) : AccessDecision
    {
        /// <summary>Set where the code's name ends in a header's: <c>trusted_proxy_missing_header_x-team</c>.</summary>
        public string? Header { get; init; }

        /// <summary>What a program may act on, where the code alone does not tell.</summary>
        public AuthDetails? Why { get; init; }

        /// <summary>When a limited client may try again.</summary>
        public TimeSpan? RetryAfter { get; init; }

        /// <summary>The stable code as clients see it.</summary>
        public string CodeName => RefusalTable.NameOf(Code, Header);
    }
}
