using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>What invocations want done, in order. Closed.</summary>
public abstract record InvokeEffect
{
    private InvokeEffect()
    {
    }

    /// <summary>Ask the node.</summary>
    public sealed record Ask(InvokeRequest Request) : InvokeEffect;

    /// <summary>Tell the node that nobody waits any more.</summary>
    public sealed record Stop(SessionId NodeSession, string Node, InvokeId Id) : InvokeEffect;

    /// <summary>Hand the node more input.</summary>
    public sealed record Feed(SessionId NodeSession, string Node, InvokeId Id, long Seq, string PayloadJson) : InvokeEffect;

    /// <summary>Tell whoever waits how far it is.</summary>
    public sealed record Show(SessionId Session, string Node, InvokeId Id, string Key, long Seq, string Chunk) : InvokeEffect;

    /// <summary>The one answer to an invocation's call.</summary>
    public sealed record Answer(Waiter To, CallResponse Response) : InvokeEffect;

    /// <summary>The one answer to any other call: done.</summary>
    public sealed record Accept(Waiter To) : InvokeEffect;
}
