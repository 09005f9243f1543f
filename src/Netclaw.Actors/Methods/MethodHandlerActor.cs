using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Base of the handlers: keeps who waits for which call, so that every call is answered once, also when the handler fails or stops
/// (<c>handler_unavailable</c>, retryable). Calls are named by session and call id; withdrawn ones are forgotten.
/// </summary>
public abstract class MethodHandlerActor : UntypedActor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(SessionId, long), IActorRef> _open = [];

    /// <summary>Serves one call: now or later, by one of the <c>Answer</c> methods.</summary>
    protected abstract void Handle(MethodCall call);

    /// <summary>Anything that is not a call. False: unknown.</summary>
    protected virtual bool HandleOther(object message) => false;

    /// <summary>An open call is not wanted any more; it cannot be answered.</summary>
    protected virtual void Withdrawn(MethodCancelled gone)
    {
    }

    protected sealed override void OnReceive(object message)
    {
        switch (message)
        {
            case MethodCall call:
                _open[(call.Session, call.CallId)] = Sender;
                Handle(call);
                break;
            case MethodCancelled gone:
                if (_open.Remove((gone.Session, gone.CallId)))
                {
                    Withdrawn(gone);
                }

                break;
            case var other when !HandleOther(other):
                Unhandled(other);
                break;
        }
    }

    protected override void PostStop()
    {
        foreach (var ((_, callId), session) in _open)
        {
            session.Tell(Down(callId, RetryAfter));
        }

        _open.Clear();
    }

    protected void Answer<T>(MethodCall call, T result, JsonTypeInfo<T> form) =>
        Answer(call, CallResponse.Success(JsonSerializer.SerializeToElement(result, form)));

    protected void Refuse(MethodCall call, RefusalCode code, string message) => Answer(call, CallResponse.Failure(RefusalTable.Error(code, message)));

    /// <summary>Answers the call unless it was answered or withdrawn.</summary>
    protected void Answer(MethodCall call, CallResponse response) => Answer(call.Session, call.CallId, response);

    /// <summary>Answers the call unless it was answered or withdrawn.</summary>
    protected void Answer(SessionId session, long callId, CallResponse response)
    {
        if (_open.Remove((session, callId), out var asker))
        {
            asker.Tell(new MethodResult(callId, response));
        }
    }

    /// <summary>A first word to a call that stays open, where the client's transport can say two.</summary>
    protected void AnswerFirst<T>(MethodCall call, T result, JsonTypeInfo<T> form)
    {
        if (_open.TryGetValue((call.Session, call.CallId), out var asker))
        {
            asker.Tell(new MethodResult(call.CallId, CallResponse.Success(JsonSerializer.SerializeToElement(result, form))) { More = true });
        }
    }

    /// <summary>Answers that the parameters are not the method's.</summary>
    protected void Invalid(MethodCall call, string problem) => Answer(call, CallResponse.Failure(MethodParams.Error(call.Method, problem)));

    /// <summary>Reads the parameters, or answers with what is wrong with them.</summary>
    /// <param name="wrong">What the form alone does not say: what is wrong, for a person; null: nothing.</param>
    protected bool TryRead<T>(MethodCall call, JsonTypeInfo<T> form, out T value, Func<T, string?>? wrong = null) where T : class
    {
        if (MethodParams.TryRead(call.Params, form, out value, out var problem))
        {
            problem = wrong?.Invoke(value);
        }

        if (problem is not null)
        {
            Invalid(call, problem);
        }

        return problem is null;
    }

    internal static MethodResult Down(long callId, TimeSpan retryAfter) => new(callId, CallResponse.Failure(RefusalTable.Error(
        RefusalCode.HandlerUnavailable, "the part of the gateway that serves this call is starting again",
        retryAfterMs: (int)retryAfter.TotalMilliseconds)));
}
