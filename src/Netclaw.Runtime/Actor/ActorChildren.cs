using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The children of one actor. The actor changes it; anybody may look somebody up in it, hence the lock.
/// A name is taken until its actor has ended.
/// </summary>
internal sealed class ActorChildren
{
    private LocalActorRef[] refs = new LocalActorRef[1];
    private Dictionary<string, LocalActorRef>? named;
    private Dictionary<LocalActorRef, ChildRestartStats>? stats;
    private long nextNumber;
    private bool closed;

    public int Count { get; private set; }

    /// <summary>Children that were asked to stop and are not gone yet.</summary>
    public int Dying { get; private set; }

    /// <summary>The parent's strategy, once it was asked for.</summary>
    public SupervisorStrategy? Strategy { get; set; }

    /// <exception cref="InvalidOperationException">The parent is stopping.</exception>
    /// <exception cref="InvalidActorNameException">The name is taken.</exception>
    public LocalActorRef Add(string? name, Func<string?, long, object, LocalActorRef> make, object state)
    {
        lock (this)
        {
            if (closed)
                throw new InvalidOperationException("Cannot create child while terminating or terminated.");
            if (name is not null && named is not null && named.ContainsKey(name))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            var child = make(name, name is null ? nextNumber++ : -1, state);
            if (name is not null)
                (named ??= new(StringComparer.Ordinal)).Add(name, child);
            if (Count == refs.Length)
                Array.Resize(ref refs, Count * 2);
            child.ChildIndex = Count;
            refs[Count++] = child;
            return child;
        }
    }

    public bool Contains(LocalActorRef child)
    {
        lock (this)
            return IsAt(child);
    }

    /// <summary>False when it was no child, or no longer.</summary>
    public bool Remove(LocalActorRef child)
    {
        lock (this)
        {
            if (!IsAt(child))
                return false;
            var last = refs[--Count];
            refs[child.ChildIndex] = last;
            last.ChildIndex = child.ChildIndex;
            refs[Count] = null!;
            ReleaseName(child);
            if (child.Dying)
                Dying--;
            stats?.Remove(child);
            return true;
        }
    }

    /// <summary>Frees the name of a child that has ended, before anybody is told that it has.</summary>
    public void ReleaseName(LocalActorRef child)
    {
        lock (this)
        {
            if (!child.HasGeneratedName && named!.TryGetValue(child.Name, out var owner) && ReferenceEquals(owner, child))
                named.Remove(child.Name);
        }
    }

    public void MarkDying(LocalActorRef child)
    {
        lock (this)
        {
            if (!IsAt(child) || child.Dying)
                return;
            child.Dying = true;
            Dying++;
        }
    }

    /// <summary>No child can be added any more.</summary>
    public LocalActorRef[] Close()
    {
        lock (this)
        {
            closed = true;
            return refs[..Count];
        }
    }

    public LocalActorRef[] ToArray()
    {
        lock (this)
            return refs[..Count];
    }

    public LocalActorRef? Find(string name)
    {
        lock (this)
        {
            if (named is not null && named.TryGetValue(name, out var child))
                return child;
            if (name.StartsWith('$') && Base64Number.TryDecode(name.AsSpan(1), out var number))
                return Array.Find(refs, each => each is not null && each.Number == number);
            return null;
        }
    }

    public ChildRestartStats StatsOf(LocalActorRef child)
    {
        stats ??= [];
        if (!stats.TryGetValue(child, out var found))
            stats.Add(child, found = new ChildRestartStats());
        return found;
    }

    private bool IsAt(LocalActorRef child) =>
        (uint)child.ChildIndex < (uint)Count && ReferenceEquals(refs[child.ChildIndex], child);
}
