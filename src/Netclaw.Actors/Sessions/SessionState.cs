using System.Collections.Immutable;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// Where a session stands. Closed; each state holds only what is valid there. A state waits for at most one deadline,
/// <see cref="Until"/>, and before <see cref="Active"/> has at most one call open, <see cref="Unauthenticated.Open"/>.
/// </summary>
public abstract partial record SessionState
{
    private SessionState(SessionFacts facts) => Facts = facts;

    public SessionFacts Facts { get; }

    /// <summary>The name that people and logs see.</summary>
    public abstract string Name { get; }

    /// <summary>When this state ends by itself; null: never.</summary>
    public virtual DateTimeOffset? Until => null;

    /// <summary>Who it is, once that is decided and as long as the session serves it.</summary>
    public Principal? Identity => this switch
    {
        Active s => s.Principal,
        Draining s => s.Principal,
        _ => null,
    };

    /// <summary>Nothing is proven yet. The challenge lives as long as this and no longer.</summary>
    public abstract record Unauthenticated : SessionState
    {
        private protected Unauthenticated(SessionFacts facts, ConnectChallenge challenge)
            : base(facts) => Challenge = challenge;

        public ConnectChallenge Challenge { get; }

        /// <summary>The call that is being worked on; the client hears of nothing else meanwhile.</summary>
        public virtual long? Open => null;
    }

    public sealed record AwaitingHello(SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline) : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(AwaitingHello);
        public override DateTimeOffset? Until => Deadline;
    }

    /// <summary>The device's proof is being checked.</summary>
    public sealed record Authenticating(SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, ConnectParams Hello)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(Authenticating);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>The policy is being asked who this is.</summary>
    /// <param name="Proven">The device whose key was proven, if one was.</param>
    public sealed record Identifying(SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, Credentials Credentials, DeviceId? Proven)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(Identifying);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>The key is local beyond doubt; the registry pairs it, durably, before anybody is let in.</summary>
    public sealed record PairingSilently(
        SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, Credentials Credentials, AccessDecision.PairSilently Pairing)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(PairingSilently);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>The device is paired. The policy is asked once more, on what the registry holds by now, and decides what the device gets.</summary>
    public sealed record SilentlyPaired(SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, Credentials Credentials, DeviceId Device)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(SilentlyPaired);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>A protocol device is let in and has no bearer token for its role yet; the registry keeps the first one before the device hears it.</summary>
    public sealed record IssuingToken(
        SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, Credentials Credentials, DeviceId Device)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(IssuingToken);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>The token stands. The policy is asked once more, on what the registry holds by now.</summary>
    public sealed record TokenIssued(SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, DeviceId Device)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(TokenIssued);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>An earlier gateway's token is right; the registry spends it on the key, durably, before anybody is let in.</summary>
    public sealed record EnrollingLegacy(
        SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, Credentials Credentials, AccessDecision.EnrolLegacy Enrolment)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(EnrollingLegacy);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>The key is enrolled and the token dead. The policy is asked once more, about the key alone.</summary>
    public sealed record LegacyEnrolled(SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, DeviceId Device)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(LegacyEnrolled);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>A setup code is right; the registry spends it on the key, durably, before anybody is let in.</summary>
    public sealed record RedeemingSetup(
        SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, Credentials Credentials, AccessDecision.RedeemSetup Setup)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(RedeemingSetup);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>The key is paired and the setup code spent on it. The policy is asked once more, on what the registry holds by now.</summary>
    public sealed record SetupRedeemed(SessionFacts Facts, ConnectChallenge Challenge, DateTimeOffset Deadline, long CallId, Hello Hello, Credentials Credentials, DeviceId Device)
        : Unauthenticated(Facts, Challenge)
    {
        public override string Name => nameof(SetupRedeemed);
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <param name="Client">What the client calls itself; for people.</param>
    /// <param name="Calls">Open calls, at most <see cref="Limits.OpenCallsPerSession"/>.</param>
    public sealed record Active(SessionFacts Facts, Principal Principal, ClientInfo Client, ImmutableArray<OpenCall> Calls) : SessionState(Facts)
    {
        public override string Name => nameof(Active);
    }

    /// <summary>The daemon goes down: open calls may finish, new ones are refused.</summary>
    public sealed record Draining(
        SessionFacts Facts, Principal Principal, ClientInfo Client, ImmutableArray<OpenCall> Calls, DateTimeOffset Deadline, string Reason) : SessionState(Facts)
    {
        public override string Name => nameof(Draining);
        public override DateTimeOffset? Until => Deadline;
    }

    /// <summary>The end. The actor lives on until the transport is gone, so that whoever watches it knows the socket is closed.</summary>
    /// <param name="Cause">A refusal's name, <c>transport</c> or <c>drained</c>.</param>
    /// <param name="AbortAt">When the transport is cut if it has not gone by then; null once it has.</param>
    public sealed record Closed(SessionFacts Facts, string Cause, DateTimeOffset? AbortAt) : SessionState(Facts)
    {
        public override string Name => nameof(Closed);
        public override DateTimeOffset? Until => AbortAt;
    }
}

/// <summary>A call that was given to a handler and not answered yet.</summary>
public sealed record OpenCall(long CallId, MethodEntry Method, DateTimeOffset Since);
