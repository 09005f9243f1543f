namespace Akka.Actor;

/// <summary>Whom one actor watches, and who watches it.</summary>
internal sealed class DeathWatch
{
    private Dictionary<IActorRef, Entry>? watched;
    private IInternalActorRef? onlyWatcher;
    private HashSet<IInternalActorRef>? watchers;

    /// <summary>True when the subject must be told; false when it is watched already.</summary>
    /// <exception cref="InvalidOperationException">It is watched with another message.</exception>
    public bool Begin(IActorRef subject, object? message)
    {
        watched ??= [];
        if (!watched.TryGetValue(subject, out var entry))
        {
            watched.Add(subject, new Entry(message));
            return true;
        }

        if (!Equals(entry.Message, message))
        {
            throw new InvalidOperationException(
                $"{subject} is watched with {entry.Message ?? "Terminated"} and cannot be watched with {message ?? "Terminated"}. Unwatch it first.");
        }

        return false;
    }

    /// <summary>True when the subject still has this watcher to forget.</summary>
    public bool Forget(IActorRef subject) => watched is not null && watched.Remove(subject, out var entry) && !entry.Queued;

    /// <summary>True once per watch: the notice may be queued.</summary>
    public bool MarkQueued(IActorRef subject)
    {
        if (watched is null || !watched.TryGetValue(subject, out var entry) || entry.Queued)
            return false;
        entry.Queued = true;
        return true;
    }

    /// <summary>A notice that was taken is put back before the mailbox, stashed meanwhile: it is due again.</summary>
    public void QueueAgain(IActorRef subject)
    {
        watched ??= [];
        watched.TryAdd(subject, new Entry(null) { Queued = true });
    }

    /// <summary>True when the notice is due: it was queued and not unwatched since.</summary>
    public bool TakeQueued(IActorRef subject, out object? custom)
    {
        custom = null;
        if (watched is null || !watched.TryGetValue(subject, out var entry) || !entry.Queued)
            return false;
        watched.Remove(subject);
        custom = entry.Message;
        return true;
    }

    public void AddWatcher(IInternalActorRef watcher)
    {
        if (watchers is not null)
            watchers.Add(watcher);
        else if (onlyWatcher is null)
            onlyWatcher = watcher;
        else if (!onlyWatcher.Equals(watcher))
            watchers = [onlyWatcher, watcher];
    }

    public void RemoveWatcher(IInternalActorRef watcher)
    {
        watchers?.Remove(watcher);
        if (onlyWatcher?.Equals(watcher) == true)
            onlyWatcher = null;
    }

    public IReadOnlyCollection<IInternalActorRef> TakeWatchers()
    {
        IReadOnlyCollection<IInternalActorRef> all = watchers ?? (IReadOnlyCollection<IInternalActorRef>)(onlyWatcher is null ? [] : [onlyWatcher]);
        watchers = null;
        onlyWatcher = null;
        return all;
    }

    public IReadOnlyCollection<IActorRef> TakeWatched()
    {
        IReadOnlyCollection<IActorRef> all = watched is null ? [] : [.. watched.Where(pair => !pair.Value.Queued).Select(pair => pair.Key)];
        watched = null;
        return all;
    }

    private sealed class Entry(object? message)
    {
        public object? Message => message;

        public bool Queued { get; set; }
    }
}
