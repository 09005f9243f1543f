using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>What happened to the queues of nodes, as it is stored. Closed; names and shapes are <see cref="QueueCodec"/>'s, fields are only ever added.</summary>
public abstract record QueueEvent(DateTimeOffset At, DeviceId Node)
{
    public sealed record ItemQueued(DateTimeOffset At, DeviceId Node, QueuedItem Item) : QueueEvent(At, Node);

    /// <summary>The node took them.</summary>
    public sealed record ItemsDrained(DateTimeOffset At, DeviceId Node, ImmutableArray<QueuedId> Ids) : QueueEvent(At, Node);

    public sealed record ActionQueued(DateTimeOffset At, DeviceId Node, QueuedAction Action) : QueueEvent(At, Node);

    /// <summary>The node has done them.</summary>
    public sealed record ActionsAcked(DateTimeOffset At, DeviceId Node, ImmutableArray<QueuedId> Ids) : QueueEvent(At, Node);
}
