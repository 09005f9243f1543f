namespace Akka.Actor;

/// <summary>What persistent actors need of their cell: to answer in the name of an earlier sender, and to put commands back.</summary>
internal sealed partial class ActorCell
{
    /// <summary>The sender of the message being processed; null when nobody.</summary>
    public IActorRef? CurrentSender
    {
        get => sender;
        set => sender = value;
    }

    /// <summary>A stop, a failure or the like waits; it goes before any further message.</summary>
    public bool HasSystemMessages => Mailbox.HasSystemMessages;

    /// <summary>Takes the first of the messages that were put before the mailbox, if it is this one.</summary>
    public bool TryTakeBack(object message, out Envelope envelope)
    {
        envelope = default;
        if (front is not { Count: > 0 })
            return false;
        front.TakeFirst(out var first, out var from);
        envelope = new Envelope(first, from);
        if (ReferenceEquals(first, message))
            return true;
        front.AddFirst(envelope);
        return false;
    }
}
