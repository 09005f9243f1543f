using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A path where no actor is. What is sent there is a dead letter; who watches it is answered at once.</summary>
internal class EmptyLocalActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    protected ActorSystemImpl System => system;

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => system.Provider;

    public override bool IsTerminated => true;

    internal ActorSystemImpl Owner => system;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is Watch watch)
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false));
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), this);
        else if (message is not AllDeadLetters)
            system.DeadLetters.Tell(new DeadLetter(message, sender ?? system.DeadLetters, this), sender);
    }
}

/// <summary>Publishes what is sent to it as <see cref="DeadLetter"/>, or <see cref="SuppressedDeadLetter"/> for messages that ask for it.</summary>
internal sealed class DeadLetterActorRef(ActorSystemImpl system, ActorPath path) : EmptyLocalActorRef(system, path)
{
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is Identify identify)
        {
            sender?.Tell(new ActorIdentity(identify.MessageId, this), this);
            return;
        }

        var letter = message as AllDeadLetters ?? new DeadLetter(message, sender ?? this, this);
        if (letter is DeadLetter && letter.Message is IDeadLetterSuppression suppressed)
            letter = new SuppressedDeadLetter(suppressed, letter.Sender, letter.Recipient);
        System.EventStream.Publish(letter);
    }
}

/// <summary>Drops what is sent to it.</summary>
internal sealed class IgnoreActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => system.Provider;
}
