using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// The life of one connection, under every transport (architecture.md): what a state makes of an input is one line of the table below.
/// Pure. What is not in the table is a violation of the protocol and ends the session; what may come late by nature is named as such.
/// </summary>
public static partial class SessionMachine
{
    /// <summary>The answer to <c>pair.begin</c> never comes sooner after the question, so that its time tells nothing about the code.</summary>
    public static readonly TimeSpan BeginFloor = TimeSpan.FromMilliseconds(25);

    /// <summary>How long a closed transport may take to write out what it has; then it is cut.</summary>
    public static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(5);

    public static Transition Step(SessionState state, SessionInput input) => (state, input) switch
    {
        // 1. hello
        (AwaitingHello s, CallReceived { Method: ConnectParams.Method } i) => Connect(s, i),
        (AwaitingHello s, HelloReceived i) => Authenticate(s, i.CallId, i.Now, i.Hello, i.Claim),
        (AwaitingHello s, HelloRefused i) => End(s, i.Now, i.Error, i.Code, i.CallId),

        // 2. proof and policy
        (Authenticating s, CredentialsChecked { Request: SessionRequests.Proof } i) => Identify(s, i),
        (Identifying s, AccessDecided { Request: SessionRequests.Access } i) => Decided(s, i),

        (PairingSilently s, RegistryAnswered { Reply.CommandId: SessionRequests.PairSilently } i) => PairedFirst(s, i),
        (SilentlyPaired s, AccessDecided { Request: SessionRequests.AccessOfPaired } i) => DecidedAgain(s, i),
        (EnrollingLegacy s, RegistryAnswered { Reply.CommandId: SessionRequests.EnrolLegacy } i) => Enrolled(s, i),
        (LegacyEnrolled s, AccessDecided { Request: SessionRequests.AccessOfEnrolled } i) => DecidedOnEnrolled(s, i),

        (IssuingToken s, RegistryAnswered { Reply.CommandId: SessionRequests.IssueToken } i) => Issued(s, i),
        (TokenIssued s, AccessDecided { Request: SessionRequests.AccessWithToken } i) => DecidedWithToken(s, i),

        // 3. pairing by code
        (CodeOffered s, CallReceived { Method: PairBeginParams.Method } i) => Begin(s, i),
        (CodeBeginning s, RegistryAnswered { Reply.CommandId: SessionRequests.BeginCode } i) => Begun(s, i),
        (CodeHeld s, DeadlinePassed i) when i.At == s.AnswerAt => AnswerBegin(s),
        (CodeBegun s, CallReceived { Method: PairConfirmParams.Method } i) => Confirm(s, i),
        (CodeChecking s, CodeProofChecked { Request: SessionRequests.CodeProof } i) => Proven(s, i),
        (CodeRedeeming s, RegistryAnswered { Reply.CommandId: SessionRequests.RedeemCode } i) => Redeemed(s, i),

        // 4. pairing by request
        (RequestOffered s, CallReceived { Method: PairRequestParams.Method } i) => Request(s, i),
        (Requesting s, RegistryAnswered { Reply.CommandId: SessionRequests.RequestPairing } i) => Requested(s, i),
        (Announcing s, RegistryAnswered { Reply.CommandId: SessionRequests.RequestPairing } i) => Announced(s, i),
        (RequestWaiting s, PairingResolved i) when i.RequestId == s.RequestId => Resolved(s, i),

        // 5. calls and events
        (Active s, CallReceived i) => Call(s, i),
        (Active or Draining, CallAnswered { Result.More: true } i) => AnsweredFirst(state, i),
        (Active s, CallAnswered i) => Answered(s, i),
        (Active s, CallWithdrawn i) => Withdrawn(s, i),
        (Active s, EventPublished i) => Hear(s, i),
        (Active s, EventAddressed i) => new Transition(s, new SessionEffect.Send(i.Name, i.Payload, Alone: true)),
        (Active s, DrainRequested i) => Drain(s, i),

        // 6. going down
        (Draining s, CallReceived i) => Stopping(s, i),
        (Draining s, CallAnswered i) => Answered(s, i),
        (Draining s, CallWithdrawn i) => Withdrawn(s, i),
        (Draining s, DeadlinePassed i) when i.At == s.Deadline => End(s, i.Now, RefusalCode.GatewayStopping, s.Reason),

        // 7. closed stays closed
        (Closed s, TransportClosed) => new Transition(s with { AbortAt = null }, new SessionEffect.Stop()),
        (Closed s, DeadlinePassed i) when i.At == s.AbortAt => new Transition(s with { AbortAt = null }, new SessionEffect.Abort(), new SessionEffect.Stop()),
        (Closed s, _) => Stay(s),

        // In every other state: endings.
        (_, TransportClosed i) => Gone(state, i),
        (_, Violated i) => End(state, i.Now, i.Code, i.Seen),
        (_, DeviceRevoked i) when DeviceOf(state) == i.Device => End(state, i.Now, RefusalCode.DeviceRevoked, i.Reason ?? "the device was revoked"),
        (_, SecretRotated i) when state.Identity is { SecretGeneration: > 0 and var came } && came < i.Generation =>
            End(state, i.Now, RefusalCode.AuthSecretRotated, "the shared secret that opened this connection was replaced"),
        (_, RunEnded i) when state.Identity?.Run == i.Run => End(state, i.Now, i.Code, $"{i.Run} is over"),
        (_, AccessEnded i) when DeviceOf(state) == i.Device => End(state, i.Now, RefusalCode.DeviceChanged, i.Seen),
        (AwaitingPairing s, DeadlinePassed i) when i.At == s.Until => PairingExpired(s, i),
        (Unauthenticated s, DeadlinePassed i) when i.At == s.Until => End(s, i.Now, RefusalCode.HandshakeTimeout, $"no authentication while {s.Name}"),
        (Unauthenticated s, DrainRequested i) => End(s, i.Now, RefusalCode.GatewayStopping, i.Reason),
        (Unauthenticated s, Evicted i) => End(s, i.Now, RefusalCode.TooManyConnections, "newer connections needed the place"),
        (Unauthenticated s, CallWithdrawn i) when i.CallId == s.Open => End(s, i.Now, RefusalCode.Cancelled, "the client withdrew a step of the handshake"),
        (CodeBeginning or CodeRedeeming or Requesting or RequestWaiting or Announcing or PairingSilently or EnrollingLegacy or IssuingToken, RegistryStopped i) =>
            End(state, i.Now, RefusalCode.JournalUnavailable, "the registry stopped before it answered"),

        // In every other state: late or not for us, by nature; each carries an id or a value that told it apart above.
        (_, CredentialsChecked or AccessDecided or CodeProofChecked or RegistryAnswered or CallAnswered) => Stay(state),
        (_, PairingResolved or DeviceRevoked or AccessEnded or RegistryStopped or SecretRotated or RunEnded) => Stay(state),
        (_, DeadlinePassed or CallWithdrawn or EventPublished or EventAddressed or Evicted or DrainRequested) => Stay(state),

        // Everything else was sent out of place.
        (AwaitingHello s, CallReceived i) => End(s, i.Now, RefusalCode.ProtocolViolation, $"invalid handshake: first request must be connect, not {Short(i.Method)}", i.CallId),
        (_, HelloReceived i) => SecondHello(state, i.Now, i.CallId),
        (_, HelloRefused i) => SecondHello(state, i.Now, i.CallId),
        (AwaitingPairing s, CallReceived { Method: PairBeginParams.Method or PairConfirmParams.Method or PairRequestParams.Method } i) =>
            End(s, i.Now, RefusalCode.PairingExchangeOutOfOrder, $"{i.Method} came in the step \"{s.Step}\"", i.CallId),
        (_, CallReceived i) => End(state, i.Now, RefusalCode.ProtocolViolation, $"the call {Short(i.Method)} came while {state.Name}", i.CallId),
        _ => End(state, input.Now, RefusalCode.ProtocolViolation, $"{input.GetType().Name} came while {state.Name}"),
    };

    /// <summary>Never from a transport that keeps its own count; answered once all the same.</summary>
    private static Transition SecondHello(SessionState state, DateTimeOffset now, long callId) => End(
        state, now, RefusalCode.ProtocolViolation, $"the call connect came while {state.Name}", Find(OpenCalls(state), callId) < 0 ? callId : null);

    private static Transition Stay(SessionState state) => new(state);

    private static string Short(string method) => method.Length <= 64 ? method : method[..64] + "...";
}
