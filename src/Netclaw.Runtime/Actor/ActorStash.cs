namespace Akka.Actor;

/// <summary>A stash in front of one actor's mailbox.</summary>
internal sealed class ActorStash(ActorCell cell, int capacity) : IStash
{
    private readonly LinkedList<Envelope> stashed = [];

    public int Count => stashed.Count;

    public bool IsEmpty => stashed.Count == 0;

    public bool NonEmpty => !IsEmpty;

    public bool IsFull => capacity >= 0 && stashed.Count >= capacity;

    public int Capacity => capacity;

    /// <summary>The limit for this actor: its Props', else its mailbox's; none for actors that ask for none.</summary>
    public static int CapacityFor(Type actor, ActorCell cell)
    {
        if (cell.Props.StashCapacity is { } set)
            return set < 0 ? -1 : set;
        if (!actor.IsAssignableTo(typeof(IWithStash)) && !actor.IsAssignableTo(typeof(IWithBoundedStash)))
            return -1;
        return cell.SystemImpl.Settings.StashCapacity(cell.Props.Mailbox);
    }

    public void Stash()
    {
        var current = cell.CurrentEnvelope;
        if (current.Message is null)
            throw new IllegalActorStateException("There is no current message to stash.");
        if (stashed.Last is { } last && ReferenceEquals(last.Value.Message, current.Message) && ReferenceEquals(last.Value.Sender, current.Sender))
            throw new IllegalActorStateException($"Can't stash the same message {current} more than once.");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {current} to stash of {cell.Self}: it holds {capacity} already.");
        stashed.AddLast(current);
    }

    public void Unstash()
    {
        if (stashed.First is not { } oldest)
            return;
        stashed.RemoveFirst();
        cell.Prepend([oldest.Value]);
    }

    public void UnstashAll() => cell.Prepend(Take(static _ => true));

    public void UnstashAll(Func<Envelope, bool> predicate) => cell.Prepend(Take(predicate));

    public IEnumerable<Envelope> ClearStash() => Take(static _ => true);

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            stashed.AddFirst(envelope);
    }

    private List<Envelope> Take(Func<Envelope, bool> predicate)
    {
        List<Envelope> taken = [];
        for (LinkedListNode<Envelope>? node = stashed.First, next; node is not null; node = next)
        {
            next = node.Next;
            if (!predicate(node.Value))
                continue;
            taken.Add(node.Value);
            stashed.Remove(node);
        }

        return taken;
    }
}
