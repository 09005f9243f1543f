using Akka.Dispatch;

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

    /// <summary>Puts a message before all that wait.</summary>
    public void PutFirst(Envelope envelope) => (front ??= new MessageDeque()).AddFirst(envelope);
}
