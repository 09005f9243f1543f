using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>What waits for one node.</summary>
/// <param name="Revision">Rises with every change of <paramref name="Items"/>.</param>
/// <param name="Items">In the order in which they were queued; what has run out may still stand in it.</param>
/// <param name="Actions">As the items.</param>
public sealed record NodeQueue(long Revision, ImmutableArray<QueuedItem> Items, ImmutableArray<QueuedAction> Actions)
{
    /// <summary>Of each kind.</summary>
    public const int Most = 64;

    public static readonly NodeQueue Empty = new(0, [], []);

    /// <param name="since">What was queued earlier was for whoever held the node's key before.</param>
    public NodeQueue Standing(DateTimeOffset now, DateTimeOffset since) => this with
    {
        Items = [.. Items.Where(item => item.ExpiresAt > now && item.QueuedAt >= since)],
        Actions = [.. Actions.Where(action => action.ExpiresAt > now && action.QueuedAt >= since)],
    };
}

/// <summary>What waits for every node. Pure; applying an event needs nothing but the state and the event.</summary>
public sealed record QueueState(ImmutableDictionary<DeviceId, NodeQueue> Nodes)
{
    public static readonly QueueState Empty = new(ImmutableDictionary<DeviceId, NodeQueue>.Empty);

    public NodeQueue Of(DeviceId node) => Nodes.GetValueOrDefault(node, NodeQueue.Empty);

    public QueueState Apply(QueueEvent happened)
    {
        // What has run out goes with the next thing that happens: the state stays as small as what stands in it.
        var queue = Of(happened.Node).Standing(happened.At, DateTimeOffset.MinValue);
        return new QueueState(Nodes.SetItem(happened.Node, happened switch
        {
            QueueEvent.ItemQueued e => queue with { Revision = queue.Revision + 1, Items = queue.Items.Add(e.Item) },
            QueueEvent.ItemsDrained e => queue with { Revision = queue.Revision + 1, Items = queue.Items.RemoveAll(item => e.Ids.Contains(item.Id)) },
            QueueEvent.ActionQueued e => queue with { Actions = queue.Actions.Add(e.Action) },
            QueueEvent.ActionsAcked e => queue with { Actions = queue.Actions.RemoveAll(action => e.Ids.Contains(action.Id)) },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "no such event"),
        }));
    }
}
