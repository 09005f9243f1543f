using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>A call that wants an answer.</summary>
public readonly record struct Waiter(SessionId Session, long CallId);

/// <summary>One command for one node, allowed already.</summary>
/// <param name="Caller">Whoever may join, feed and cancel it: the same device, or the same user by the same way in.</param>
/// <param name="Node">As callers name it.</param>
/// <param name="NodeSession">The connection that it is asked on.</param>
/// <param name="Digest">Of command and parameters: the same key with other ones is another invocation's.</param>
/// <param name="Key">The caller's idempotency key.</param>
/// <param name="ParamsJson">As the node gets them.</param>
public sealed record InvokeRequest(
    InvokeId Id, string Caller, Waiter Waiter, string Node, SessionId NodeSession, string Command, string Digest, string Key, string? ParamsJson, TimeSpan Timeout);
