using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

public abstract partial record SessionState
{
    /// <summary>The key is proven but not paired. The steps of the two flows are the states below; each takes exactly one next step.</summary>
    public abstract record AwaitingPairing : Unauthenticated
    {
        private protected AwaitingPairing(SessionFacts facts, ConnectChallenge challenge, Applicant applicant)
            : base(facts, challenge) => Applicant = applicant;

        public Applicant Applicant { get; }

        /// <summary>The step within the flow, for logs.</summary>
        public abstract string Step { get; }

        public override string Name => nameof(AwaitingPairing);
    }

    /// <summary>Code first: <c>pair.begin</c> comes next.</summary>
    public sealed record CodeOffered(SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, DateTimeOffset Deadline)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "code offered";
        public override DateTimeOffset? Until => Deadline;
    }

    /// <summary>The registry counts the try.</summary>
    /// <param name="AnswerAt">Not answered before this, whatever the registry finds.</param>
    /// <param name="ExpiresAt">When both sides abandon the exchange.</param>
    public sealed record CodeBeginning(
        SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, long CallId, PairingCodeId CodeId, DateTimeOffset AnswerAt, DateTimeOffset ExpiresAt)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "code beginning";
        public override DateTimeOffset? Until => ExpiresAt;
        public override long? Open => CallId;
    }

    /// <summary>The try is counted; the answer waits for its time, so that it tells nothing about the code.</summary>
    public sealed record CodeHeld(
        SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, long CallId, PairingCodeId CodeId, BegunCode? Code, DateTimeOffset AnswerAt,
        DateTimeOffset ExpiresAt)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "code held";
        public override DateTimeOffset? Until => AnswerAt;
        public override long? Open => CallId;
    }

    /// <summary><c>pair.confirm</c> comes next.</summary>
    /// <param name="Code">Null: no such code. The client learns that only by failing to prove it.</param>
    public sealed record CodeBegun(
        SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, PairingCodeId CodeId, BegunCode? Code, DateTimeOffset ExpiresAt)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "code begun";
        public override DateTimeOffset? Until => ExpiresAt;
    }

    /// <summary>The device's proof of the code is being checked.</summary>
    public sealed record CodeChecking(
        SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, long CallId, BegunCode? Code, DateTimeOffset ExpiresAt)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "code checking";
        public override DateTimeOffset? Until => ExpiresAt;
        public override long? Open => CallId;
    }

    /// <summary>The code is proven; the registry spends it and pairs the device.</summary>
    /// <param name="GatewayProof">Shown to the device only once the pairing is durable.</param>
    public sealed record CodeRedeeming(
        SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, long CallId, ScopeSet Granted, string GatewayProof, DateTimeOffset ExpiresAt)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "code redeeming";
        public override DateTimeOffset? Until => ExpiresAt;
        public override long? Open => CallId;
    }

    /// <summary>Request first: <c>pair.request</c> comes next.</summary>
    public sealed record RequestOffered(SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, DateTimeOffset Deadline)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "request offered";
        public override DateTimeOffset? Until => Deadline;
    }

    /// <summary>The registry stores the request.</summary>
    public sealed record Requesting(SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, DateTimeOffset Deadline, long CallId, string Symbols)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "requesting";
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>A protocol client's request is being stored; then it is told that it waits, and closed.</summary>
    /// <param name="Known">The device as it stands, when it is paired and asks for more.</param>
    public sealed record Announcing(
        SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, DateTimeOffset Deadline, long CallId, Device? Known)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "announcing";
        public override DateTimeOffset? Until => Deadline;
        public override long? Open => CallId;
    }

    /// <summary>An operator decides.</summary>
    public sealed record RequestWaiting(
        SessionFacts Facts, ConnectChallenge Challenge, Applicant Applicant, PairingRequestId RequestId, DateTimeOffset ExpiresAt)
        : AwaitingPairing(Facts, Challenge, Applicant)
    {
        public override string Step => "request waiting";
        public override DateTimeOffset? Until => ExpiresAt;
    }
}

/// <summary>A device that proved its key and wants to be paired.</summary>
/// <param name="ExchangeNonce">The gateway's nonce for this one exchange.</param>
/// <param name="Client">The client's description of itself.</param>
public sealed record Applicant(PublicKey Key, Role Role, ScopeSet Scopes, PairingIntent Intent, ClientInfo Client, string ExchangeNonce);
