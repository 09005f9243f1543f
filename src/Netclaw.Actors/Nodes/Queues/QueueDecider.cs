using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>What a command comes to: at most one event, and the reply that stands once it is durable. Pure.</summary>
public static class QueueDecider
{
    public static (QueueEvent? Event, QueueReply Reply) Decide(QueueCommand command, QueueState state) => command switch
    {
        QueueCommand.Queue c => Queue(c, state.Of(c.Node).Standing(c.Now, c.Since)),
        QueueCommand.Drain c => Drain(c, state.Of(c.Node).Standing(c.Now, c.Since)),
        QueueCommand.QueueAction c => QueueAction(c, state.Of(c.Node).Standing(c.Now, DateTimeOffset.MinValue)),
        QueueCommand.Pull c => (null, new QueueReply.Pulled(c.CommandId, state.Of(c.Node).Standing(c.Now, c.Since).Actions)),
        QueueCommand.Ack c => Ack(c, state.Of(c.Node).Standing(c.Now, c.Since)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no such command"),
    };

    private static (QueueEvent?, QueueReply) Queue(QueueCommand.Queue c, NodeQueue queue) => queue.Items.Length >= NodeQueue.Most
        ? (null, Full(c.CommandId))
        : (new QueueEvent.ItemQueued(c.Now, c.Node, c.Item), new QueueReply.Queued(c.CommandId, queue.Revision + 1, c.Item));

    /// <summary>The urgent first, then the oldest.</summary>
    private static (QueueEvent?, QueueReply) Drain(QueueCommand.Drain c, NodeQueue queue)
    {
        ImmutableArray<QueuedItem> taken = [.. queue.Items.OrderByDescending(item => item.High).ThenBy(item => item.QueuedAt).Take(c.Most)];
        return taken.IsEmpty
            ? (null, new QueueReply.Drained(c.CommandId, queue.Revision, [], false))
            : (new QueueEvent.ItemsDrained(c.Now, c.Node, [.. taken.Select(item => item.Id)]), new QueueReply.Drained(c.CommandId, queue.Revision + 1, taken, taken.Length < queue.Items.Length));
    }

    private static (QueueEvent?, QueueReply) QueueAction(QueueCommand.QueueAction c, NodeQueue queue) => queue.Actions.Length >= NodeQueue.Most
        ? (null, Full(c.CommandId))
        : (new QueueEvent.ActionQueued(c.Now, c.Node, c.Action), new QueueReply.ActionQueued(c.CommandId));

    private static (QueueEvent?, QueueReply) Ack(QueueCommand.Ack c, NodeQueue queue)
    {
        ImmutableArray<QueuedId> done = [.. queue.Actions.Select(action => action.Id).Where(id => c.Ids.Contains(id))];
        return (done.IsEmpty ? null : new QueueEvent.ActionsAcked(c.Now, c.Node, done), new QueueReply.Acked(c.CommandId, done, queue.Actions.Length - done.Length));
    }

    private static QueueReply.Refused Full(long id) => new(id, RefusalCode.NodeBusy, $"{NodeQueue.Most} wait for this node already");
}
