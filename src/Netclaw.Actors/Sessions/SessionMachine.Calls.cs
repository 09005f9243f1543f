using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Actors.Methods;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>Calls of an active session: each is answered exactly once, at most <see cref="Limits.OpenCallsPerSession"/> are open.</summary>
public static partial class SessionMachine
{
    private static Transition Call(Active s, CallReceived i) => Find(s.Calls, i.CallId) >= 0
        ? Reused(s, i)
        : CallGate.Admit(s.Facts.Methods, s.Principal, i.Method, s.Calls.Length) switch
        {
            Admission.Refused refused => new Transition(s, new SessionEffect.Answer(i.CallId, CallResponse.Failure(refused.Error))),
            Admission.Admitted when i.Problem is { } problem => new Transition(s, new SessionEffect.Answer(i.CallId, CallResponse.Failure(MethodParams.Error(i.Method, problem)))),
            Admission.Admitted { Method: var method } => new Transition(
                s with { Calls = s.Calls.Add(new OpenCall(i.CallId, method, i.Now)) },
                new SessionEffect.Dispatch(method.Handler, new MethodCall(i.CallId, s.Facts.Id, s.Principal, method.Name, i.Params, i.Now))),
            var other => throw new ArgumentOutOfRangeException(nameof(i), other, "no such admission"),
        };

    private static Transition Stopping(Draining s, CallReceived i) => Find(s.Calls, i.CallId) >= 0
        ? Reused(s, i)
        : new Transition(s, new SessionEffect.Answer(i.CallId, CallResponse.Failure(RefusalTable.Error(RefusalCode.GatewayStopping, s.Reason))));

    private static Transition Reused(SessionState s, CallReceived i) =>
        End(s, i.Now, RefusalCode.ProtocolViolation, $"the call id {i.CallId} is still open");

    /// <summary>A first word: the call stays open. Of one that is closed nothing is said.</summary>
    private static Transition AnsweredFirst(SessionState s, CallAnswered i) => Find(OpenCalls(s), i.Result.CallId) >= 0
        ? new Transition(s, new SessionEffect.Answer(i.Result.CallId, i.Result.Response, More: true))
        : Stay(s);

    private static Transition Answered(Active s, CallAnswered i) => Find(s.Calls, i.Result.CallId) is var at and >= 0
        ? new Transition(s with { Calls = s.Calls.RemoveAt(at) }, Settle(s.Calls[at], i))
        : Stay(s);

    private static Transition Answered(Draining s, CallAnswered i) => Find(s.Calls, i.Result.CallId) is var at and >= 0
        ? Drained(s with { Calls = s.Calls.RemoveAt(at) }, i.Now, Settle(s.Calls[at], i))
        : Stay(s);

    private static Transition Withdrawn(Active s, CallWithdrawn i) => Find(s.Calls, i.CallId) is var at and >= 0
        ? new Transition(s with { Calls = s.Calls.RemoveAt(at) }, Drop(s.Calls[at]))
        : Stay(s);

    private static Transition Withdrawn(Draining s, CallWithdrawn i) => Find(s.Calls, i.CallId) is var at and >= 0
        ? Drained(s with { Calls = s.Calls.RemoveAt(at) }, i.Now, Drop(s.Calls[at]))
        : Stay(s);

    private static Transition Hear(Active s, EventPublished i) => CallGate.Hears(i.Needed, s.Principal.Role, s.Principal.Scopes)
        ? new Transition(s, new SessionEffect.Relay(i.Shared))
        : Stay(s);

    private static Transition Drain(Active s, DrainRequested i)
    {
        var shutdown = JsonSerializer.SerializeToElement(new ShutdownEvent(i.Reason), SessionEventJson.Default.ShutdownEvent);
        return Drained(
            new Draining(s.Facts, s.Principal, s.Client, s.Calls, i.Deadline, i.Reason), i.Now,
            [new SessionEffect.Send(ShutdownEvent.EventName, shutdown)]);
    }

    /// <summary>Closes once nothing is open any more.</summary>
    private static Transition Drained(Draining s, DateTimeOffset now, ImmutableArray<SessionEffect> first)
    {
        if (s.Calls.Length > 0)
        {
            return new Transition(s, first);
        }

        var end = End(s, now, RefusalCode.GatewayStopping, s.Reason);
        return end with { Effects = first.AddRange(end.Effects) };
    }

    private static ImmutableArray<SessionEffect> Settle(OpenCall call, CallAnswered i) =>
    [
        new SessionEffect.Answer(call.CallId, i.Result.Response),
        new SessionEffect.Measure(call.Method, i.Now - call.Since, i.Result.Response.Ok),
    ];

    private static ImmutableArray<SessionEffect> Drop(OpenCall call) =>
    [
        new SessionEffect.Answer(call.CallId, CallResponse.Failure(RefusalTable.Error(RefusalCode.Cancelled, "the client withdrew the call"))),
        new SessionEffect.Withdraw(call.Method.Handler, call.CallId),
    ];

    private static int Find(ImmutableArray<OpenCall> calls, long callId)
    {
        for (var i = 0; i < calls.Length; i++)
        {
            if (calls[i].CallId == callId)
            {
                return i;
            }
        }

        return -1;
    }
}
