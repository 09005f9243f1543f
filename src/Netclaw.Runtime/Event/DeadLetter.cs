using Akka.Actor;

namespace Akka.Event;

/// <summary>Marks messages whose loss is nothing to log: they become <see cref="SuppressedDeadLetter"/>.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public interface IDeadLetterSuppression
{
}

/// <summary>A message that did not reach its receiver.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public abstract class AllDeadLetters : IWrappedMessage
{
    /// <summary>For the kinds of dead letters.</summary>
    protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    /// <summary>The message itself.</summary>
    public object Message { get; }

    /// <summary>Who sent it; null when nobody did.</summary>
    public IActorRef Sender { get; }

    /// <summary>For whom it was.</summary>
    public IActorRef Recipient { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message whose receiver was gone, published on the event stream.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

/// <summary>A dead letter that asked for silence.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
    : AllDeadLetters(message, sender, recipient);

/// <summary>A message dropped on purpose, such as by a full buffer.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public sealed class Dropped : AllDeadLetters
{
    /// <summary>A message that was given up on purpose.</summary>
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient) => Reason = reason;

    /// <summary>A message that was given up on purpose.</summary>
    public Dropped(object message, string reason, IActorRef recipient)
        : this(message, reason, ActorRefs.NoSender, recipient)
    {
    }

    /// <summary>Why, for people.</summary>
    public string Reason { get; }
}

/// <summary>A message its actor did not handle, published on the event stream.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
