using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that reached a test actor, and who sent it.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public abstract class MessageEnvelope
{
    /// <summary>The message itself.</summary>
    public abstract object? Message { get; }

    /// <summary>Who sent it; null when nobody did.</summary>
    public abstract IActorRef Sender { get; }
}

/// <summary>Stands for "nothing arrived".</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    /// <summary>The only instance.</summary>
    public static NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    /// <inheritdoc/>
    public override object? Message => null;

    /// <inheritdoc/>
    public override IActorRef Sender => ActorRefs.NoSender;

    /// <inheritdoc/>
    public override string ToString() => "<null>";
}

/// <summary>A message that arrived.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    /// <inheritdoc/>
    public override object Message { get; } = message;

    /// <inheritdoc/>
    public override IActorRef Sender { get; } = sender;

    /// <inheritdoc/>
    public override string ToString() => $"<{Message}> from {(Sender.IsNobody() ? "NoSender" : Sender.ToString())}";
}
