using System.Collections.Frozen;
using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Stands in for the connection of calls from inside: asks the gate, passes on to the handler, answers once. What is open when it stops is answered.</summary>
internal sealed class InsideCallsActor(MethodCatalogue methods, FrozenDictionary<HandlerKey, IActorRef> handlers, TimeProvider time) : UntypedActor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Of no connection: handlers name calls by session and number.</summary>
    private readonly SessionId _session = SessionId.New();
    private readonly Dictionary<long, Open> _open = [];
    private long _last;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InsideCall call: Pass(call); break;
            case MethodResult result: Answered(result); break;
            case InsideCallWithdrawn withdrawn: Withdrawn(withdrawn.Call); break;
            default: Unhandled(message); break;
        }
    }

    protected override void PostStop()
    {
        foreach (var (id, open) in _open)
        {
            open.Call.Answer.TrySetResult(MethodHandlerActor.Down(id, RetryAfter).Response);
        }
    }

    private void Pass(InsideCall call)
    {
        var open = _open.Values.Count(other => other.Call.Principal.Subject == call.Principal.Subject);
        switch (CallGate.Admit(methods, call.Principal, call.Method, open))
        {
            case Admission.Refused refused:
                call.Answer.TrySetResult(CallResponse.Failure(refused.Error));
                break;
            case Admission.Admitted admitted:
                var handler = handlers[admitted.Method.Handler];
                var id = ++_last;
                _open.Add(id, new Open(call, handler));
                handler.Tell(new MethodCall(id, _session, call.Principal, call.Method, call.Parameters, time.GetUtcNow()), Self);
                break;
            case var other:
                throw new InvalidOperationException($"no such admission: {other}");
        }
    }

    private void Answered(MethodResult result)
    {
        if (_open.Remove(result.CallId, out var open))
        {
            open.Call.Answer.TrySetResult(result.Response);
        }
    }

    private void Withdrawn(InsideCall call)
    {
        foreach (var (id, open) in _open.Where(other => ReferenceEquals(other.Value.Call, call)).Take(1).ToList())
        {
            _open.Remove(id);
            open.Handler.Tell(new MethodCancelled(id, _session), Self);
        }
    }

    private sealed record Open(InsideCall Call, IActorRef Handler);
}
