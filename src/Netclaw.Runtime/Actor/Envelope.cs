namespace Akka.Actor;

/// <summary>A message with its sender.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public readonly struct Envelope
{
    /// <summary>A null message is an error.</summary>
    public Envelope(object message, IActorRef? sender, ActorSystem system)
        : this(message, sender ?? system.DeadLetters)
    {
    }

    /// <summary>A null message is an error.</summary>
    public Envelope(object message, IActorRef? sender)
    {
        Message = message;
        Sender = sender;
    }

    /// <summary>The message itself.</summary>
    public object Message { get; }

    /// <summary>Who sent it; null when nobody did.</summary>
    public IActorRef? Sender { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<{Message ?? "null"}> from {Sender?.ToString() ?? "NoSender"}";
}
