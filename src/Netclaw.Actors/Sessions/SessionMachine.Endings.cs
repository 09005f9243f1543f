using System.Collections.Immutable;
using Netclaw.Actors.Audit;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>Every way a session ends: what is open is answered or withdrawn first, then the client hears why, then the transport closes.</summary>
public static partial class SessionMachine
{
    private const int PolicyViolation = 1008;
    private const int TryAgainLater = 1013;
    private const string Transport = "transport";

    private static Transition End(SessionState state, DateTimeOffset now, RefusalCode code, string seen, long? answer = null, string? detail = null) =>
        End(state, now, RefusalTable.Error(code, seen), code, answer, detail);

    /// <param name="answer">A call that is refused by this ending and is not in the state.</param>
    /// <param name="detail">What the audit knows and the client does not hear.</param>
    /// <param name="check">The policy's check that failed, if one did.</param>
    private static Transition End(SessionState state, DateTimeOffset now, CallError error, RefusalCode code, long? answer = null, string? detail = null, string? check = null)
    {
        var effects = ImmutableArray.CreateBuilder<SessionEffect>();
        effects.AddRange(Record(state, AuditOutcome.Refused, error.Code, detail ?? error.Message, check)); // first: whoever hears of it finds it in the audit
        var refusal = CallResponse.Failure(error);
        foreach (var callId in OpenHandshake(state, answer))
        {
            effects.Add(new SessionEffect.Answer(callId, refusal));
        }

        foreach (var call in OpenCalls(state))
        {
            effects.Add(new SessionEffect.Answer(call.CallId, refusal));
            effects.Add(new SessionEffect.Withdraw(call.Method.Handler, call.CallId));
        }

        effects.Add(new SessionEffect.Close(CloseCode(code), error));
        return new Transition(new Closed(state.Facts, error.Code, now + CloseGrace), effects.DrainToImmutable());
    }

    /// <summary>The transport went by itself: there is nobody to answer.</summary>
    private static Transition Gone(SessionState state, TransportClosed i)
    {
        var effects = ImmutableArray.CreateBuilder<SessionEffect>();
        foreach (var call in OpenCalls(state))
        {
            effects.Add(new SessionEffect.Withdraw(call.Method.Handler, call.CallId));
        }

        // A connection that never said anything is no attempt to authenticate.
        if (state is not AwaitingHello)
        {
            effects.AddRange(Record(state, AuditOutcome.Abandoned, "abandoned", i.Cause));
        }

        effects.Add(new SessionEffect.Stop());
        return new Transition(new Closed(state.Facts, Transport, AbortAt: null), effects.DrainToImmutable());
    }

    private static IEnumerable<SessionEffect> Record(SessionState state, AuditOutcome outcome, string code, string detail, string? check = null)
    {
        if (state is Unauthenticated)
        {
            var device = DeviceOf(state);
            yield return new SessionEffect.Record(
                state is AwaitingPairing or PairingSilently or EnrollingLegacy or RedeemingSetup ? AuditKind.Pairing : AuditKind.Authentication, Action(state), outcome, code,
                device?.Short ?? "unproven", device, detail) { Check = check };
        }
    }

    private static string Action(SessionState state) => state switch
    {
        AwaitingPairing { Applicant.Intent.Flow: PairingFlow.Code } => "pair.code",
        AwaitingPairing => "pair.request",
        PairingSilently s => SilentAction(s.Pairing.Via),
        EnrollingLegacy => LegacyAction,
        RedeemingSetup => SetupAction,
        _ => "connect",
    };

    /// <summary>The device that the session has proven to be, if any.</summary>
    private static DeviceId? DeviceOf(SessionState state) => state switch
    {
        Identifying s => s.Proven,
        PairingSilently s => s.Pairing.Key.DeviceId,
        SilentlyPaired s => s.Device,
        IssuingToken s => s.Device,
        TokenIssued s => s.Device,
        EnrollingLegacy s => s.Enrolment.Key.DeviceId,
        LegacyEnrolled s => s.Device,
        RedeemingSetup s => s.Setup.Key.DeviceId,
        SetupRedeemed s => s.Device,
        AwaitingPairing s => s.Applicant.Key.DeviceId,
        Active s => s.Principal.Device,
        Draining s => s.Principal.Device,
        _ => null,
    };

    private static ImmutableArray<OpenCall> OpenCalls(SessionState state) => state switch
    {
        Active s => s.Calls,
        Draining s => s.Calls,
        _ => [],
    };

    private static IEnumerable<long> OpenHandshake(SessionState state, long? answer)
    {
        if (state is Unauthenticated { Open: { } open })
        {
            yield return open;
        }

        if (answer is { } another && another != (state as Unauthenticated)?.Open)
        {
            yield return another;
        }
    }

    /// <summary>Codes that usually only answer a call have no close code of their own.</summary>
    private static int CloseCode(RefusalCode code) => RefusalTable.For(code) switch
    {
        { WebSocketClose: > 0 and var own } => own,
        { Retryable: true } => TryAgainLater,
        _ => PolicyViolation,
    };
}
