using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Sessions;

/// <summary>Everything that can happen to a session. Closed; each carries its time.</summary>
public abstract record SessionInput(DateTimeOffset Now)
{
    /// <summary>From the transport: a call, <c>connect</c> and the pairing steps included. Answered exactly once through the transport.</summary>
    public sealed record CallReceived(DateTimeOffset Now, long CallId, string Method, JsonElement Params) : SessionInput(Now)
    {
        /// <summary>What the transport's protocol does not allow in the parameters, where and what; null when there is nothing wrong.</summary>
        public string? Problem { get; init; }
    }

    /// <summary>From a transport that reads <c>connect</c> by itself: the gateway protocol's.</summary>
    /// <param name="Claim">What the device's signature covers, where it is the protocol's.</param>
    public sealed record HelloReceived(DateTimeOffset Now, long CallId, ConnectParams Hello, DeviceClaim? Claim) : SessionInput(Now);

    /// <summary>From such a transport: the <c>connect</c> is of no use.</summary>
    public sealed record HelloRefused(DateTimeOffset Now, long CallId, RefusalCode Code, CallError Error) : SessionInput(Now);

    /// <summary>From the transport: the client withdrew a call.</summary>
    public sealed record CallWithdrawn(DateTimeOffset Now, long CallId) : SessionInput(Now);

    /// <summary>From the transport: something that is no call at all, or breaks a limit.</summary>
    public sealed record Violated(DateTimeOffset Now, RefusalCode Code, string Seen) : SessionInput(Now);

    /// <summary>From the transport: the connection is gone, whoever ended it. The last input.</summary>
    public sealed record TransportClosed(DateTimeOffset Now, string Cause) : SessionInput(Now);

    /// <summary>From the session's own shell: everything the client offered was checked.</summary>
    public sealed record CredentialsChecked(DateTimeOffset Now, long Request, Credentials Credentials) : SessionInput(Now);

    /// <summary>From the session's own shell: it entered the live index, then the policy was asked.</summary>
    /// <param name="ExchangeNonce">A fresh nonce, drawn after the client committed itself; good for the one pairing exchange of this session.</param>
    public sealed record AccessDecided(DateTimeOffset Now, long Request, AccessDecision Decision, string ExchangeNonce) : SessionInput(Now)
    {
        /// <summary>A protocol device's bearer token, as far as it can be told.</summary>
        public IssuedToken? Token { get; init; }

        /// <summary>Of one that has come in by a setup code: its tokens for the code's other roles, as far as they can be told.</summary>
        public ImmutableArray<HandedToken> Handed { get; init; } = [];

        /// <summary>A protocol device is let in and has no bearer token for its role.</summary>
        public bool NeedsToken { get; init; }
    }

    /// <summary>From the registry.</summary>
    public sealed record RegistryAnswered(DateTimeOffset Now, RegistryReply Reply) : SessionInput(Now);

    /// <summary>From a handler.</summary>
    public sealed record CallAnswered(DateTimeOffset Now, MethodResult Result) : SessionInput(Now);

    /// <summary>From the session's own shell: the code's proof was checked against the sealed key.</summary>
    public sealed record CodeProofChecked(DateTimeOffset Now, long Request, bool Valid, string? GatewayProof) : SessionInput(Now);

    /// <summary>A deadline that was asked for has come; stale ones are told by comparing <paramref name="At"/>.</summary>
    public sealed record DeadlinePassed(DateTimeOffset Now, DateTimeOffset At) : SessionInput(Now);

    /// <summary>From the registry: this device's pending request was decided.</summary>
    public sealed record PairingResolved(DateTimeOffset Now, PairingRequestId RequestId, Device? Approved, RefusalCode? Code, string? Reason) : SessionInput(Now);

    /// <summary>From the registry: this session's device was revoked.</summary>
    public sealed record DeviceRevoked(DateTimeOffset Now, DeviceId Device, string? Reason) : SessionInput(Now);

    /// <summary>The gateway's shared secret was replaced, and what it opened before is to be closed.</summary>
    /// <param name="Generation">The first one that stays.</param>
    public sealed record SecretRotated(DateTimeOffset Now, long Generation) : SessionInput(Now);

    /// <summary>A run is over: its credential ended, or it was cancelled.</summary>
    public sealed record RunEnded(DateTimeOffset Now, RunId Run, RefusalCode Code) : SessionInput(Now);

    /// <summary>From the registry: what this session stands on is not so any more; its device may connect again.</summary>
    public sealed record AccessEnded(DateTimeOffset Now, DeviceId Device, string Seen) : SessionInput(Now);

    /// <summary>The registry's actor has stopped: open calls to it will not be answered.</summary>
    public sealed record RegistryStopped(DateTimeOffset Now) : SessionInput(Now);

    /// <summary>Something happened that clients may hear of. One instance goes to every session.</summary>
    /// <param name="Needed">The scope it takes to hear it; nodes hear only what takes none.</param>
    /// <param name="Version">Where it speaks of presence or health: of which.</param>
    public sealed record EventPublished(DateTimeOffset Now, string Name, JsonElement Payload, Scope Needed, StateVersion? Version = null) : SessionInput(Now)
    {
        /// <summary>What the transports take: one for all sessions.</summary>
        public SharedEvent Shared { get; } = new(Name, Payload, Version);
    }

    /// <summary>Something that is for this client alone, whatever it holds; whoever sends it has decided that.</summary>
    public sealed record EventAddressed(DateTimeOffset Now, string Name, JsonElement Payload) : SessionInput(Now);

    /// <summary>The daemon is going down.</summary>
    public sealed record DrainRequested(DateTimeOffset Now, string Reason, DateTimeOffset Deadline) : SessionInput(Now);

    /// <summary>This unauthenticated connection is the oldest and must make room.</summary>
    public sealed record Evicted(DateTimeOffset Now) : SessionInput(Now);
}
