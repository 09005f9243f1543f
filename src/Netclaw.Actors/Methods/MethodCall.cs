using System.Text.Json;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>From a session to the handler actor of a method, after role and scope were checked.</summary>
public sealed record MethodCall(long CallId, SessionId Session, Principal Principal, string Method, JsonElement Params, DateTimeOffset Now);

/// <summary>A handler's one answer to one call; it carries the call's id, so that late ones are dropped.</summary>
public sealed record MethodResult(long CallId, CallResponse Response)
{
    /// <summary>It is not the last word: another answer follows, and the call stays open until then. Only some transports can say it.</summary>
    public bool More { get; init; }
}

/// <summary>The session is gone or the client withdrew the call: no answer is wanted any more.</summary>
public sealed record MethodCancelled(long CallId, SessionId Session);
