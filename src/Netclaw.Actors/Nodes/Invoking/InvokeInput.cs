using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>Everything that can happen to invocations. Closed; each carries its time.</summary>
public abstract record InvokeInput(DateTimeOffset Now)
{
    /// <summary>Somebody who may has a node do something.</summary>
    public sealed record Invoked(DateTimeOffset Now, InvokeRequest Request) : InvokeInput(Now);

    /// <summary>A node answers.</summary>
    /// <param name="By">The node's own call.</param>
    /// <param name="Response">As the caller gets it.</param>
    /// <param name="Bytes">About how long that is.</param>
    public sealed record Answered(DateTimeOffset Now, Waiter By, string Node, InvokeId Id, CallResponse Response, int Bytes) : InvokeInput(Now);

    /// <summary>A node tells how far it is.</summary>
    public sealed record Progressed(DateTimeOffset Now, Waiter By, string Node, InvokeId Id, long Seq, string Chunk) : InvokeInput(Now);

    /// <summary>A caller sends more.</summary>
    public sealed record Fed(DateTimeOffset Now, Waiter By, string Caller, string Node, string Key, long Seq, string PayloadJson) : InvokeInput(Now);

    /// <summary>A caller gives up what it asked for.</summary>
    public sealed record GivenUp(DateTimeOffset Now, Waiter By, string Caller, string Node, string Key) : InvokeInput(Now);

    /// <summary>A node's connection is over.</summary>
    public sealed record NodeGone(DateTimeOffset Now, SessionId Session) : InvokeInput(Now);

    /// <summary>A call is withdrawn, or its connection is over: it must not be answered any more.</summary>
    public sealed record CallerGone(DateTimeOffset Now, Waiter Waiter) : InvokeInput(Now);

    /// <summary>Time has passed.</summary>
    public sealed record Due(DateTimeOffset Now) : InvokeInput(Now);
}
