using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>To <see cref="NodeQueuesActor"/>. Closed; answered once, by a <see cref="QueueReply"/> with the same id.</summary>
/// <param name="Now">Whole milliseconds, as it is stored.</param>
public abstract record QueueCommand(long CommandId, DateTimeOffset Now, DeviceId Node)
{
    /// <param name="Since">When the node was paired.</param>
    public sealed record Queue(long CommandId, DateTimeOffset Now, DeviceId Node, DateTimeOffset Since, QueuedItem Item) : QueueCommand(CommandId, Now, Node);

    /// <param name="Since">When the node was paired.</param>
    public sealed record Drain(long CommandId, DateTimeOffset Now, DeviceId Node, DateTimeOffset Since, int Most) : QueueCommand(CommandId, Now, Node);

    public sealed record QueueAction(long CommandId, DateTimeOffset Now, DeviceId Node, QueuedAction Action) : QueueCommand(CommandId, Now, Node);

    /// <param name="Since">When the node was paired.</param>
    public sealed record Pull(long CommandId, DateTimeOffset Now, DeviceId Node, DateTimeOffset Since) : QueueCommand(CommandId, Now, Node);

    public sealed record Ack(long CommandId, DateTimeOffset Now, DeviceId Node, DateTimeOffset Since, ImmutableArray<QueuedId> Ids) : QueueCommand(CommandId, Now, Node);
}

/// <summary>From <see cref="NodeQueuesActor"/>, when what it says is durable. Closed.</summary>
public abstract record QueueReply(long CommandId)
{
    public sealed record Queued(long CommandId, long Revision, QueuedItem Item) : QueueReply(CommandId);

    public sealed record Drained(long CommandId, long Revision, ImmutableArray<QueuedItem> Items, bool HasMore) : QueueReply(CommandId);

    public sealed record ActionQueued(long CommandId) : QueueReply(CommandId);

    public sealed record Pulled(long CommandId, ImmutableArray<QueuedAction> Actions) : QueueReply(CommandId);

    public sealed record Acked(long CommandId, ImmutableArray<QueuedId> Ids, int Remaining) : QueueReply(CommandId);

    public sealed record Refused(long CommandId, RefusalCode Code, string Message) : QueueReply(CommandId);
}
