using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Death watch, from both ends.</summary>
internal sealed partial class ActorCell
{
    private DeathWatch? watch;

    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        if (message is null)
            throw new ArgumentNullException(nameof(message), "WatchWith must have a message. Use Watch for Terminated.");
        return Watch(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (watch is not null && !self.Equals(subject) && watch.Forget(subject))
            watchee.SendSystemMessage(new Unwatch(watchee, self));
        return subject;
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        var watchee = (IInternalActorRef)subject;
        if (!self.Equals(subject) && (watch ??= new DeathWatch()).Begin(subject, message))
            watchee.SendSystemMessage(new Watch(watchee, self));
        return subject;
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        if (!self.Equals(watcher))
            (watch ??= new DeathWatch()).AddWatcher(watcher);
    }

    private void RemoveWatcher(IInternalActorRef watcher) => watch?.RemoveWatcher(watcher);

    /// <summary>The notice goes through the mailbox, behind what the dead actor sent before.</summary>
    private void QueueTerminated(DeathWatchNotification death)
    {
        if (watch?.MarkQueued(death.Actor) == true)
            self.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, addressTerminated: false), death.Actor);
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        if (watch is null || !watch.TakeQueued(terminated.ActorRef, out var custom))
            return;
        var notice = currentMessage = custom ?? terminated;
        if (receiveTimeout is null)
            Receive(notice);
        else
            ReceiveWithTimeout(notice);
    }

    private void TellWatchers()
    {
        foreach (var watcher in watch?.TakeWatchers() ?? [])
            watcher.SendSystemMessage(new DeathWatchNotification(self, existenceConfirmed: true));
    }

    private void UnwatchAll()
    {
        foreach (var subject in watch?.TakeWatched() ?? [])
        {
            var watchee = (IInternalActorRef)subject;
            watchee.SendSystemMessage(new Unwatch(watchee, self));
        }

        watch = null;
    }
}
