using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>What the policy needs to know of this installation. Built once at start; the policy holds no state of its own.</summary>
public sealed class TrustOptions
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

    internal bool IsOwner(uint userId) => userId == OwnerUserId || userId == UserId.Root;
}
