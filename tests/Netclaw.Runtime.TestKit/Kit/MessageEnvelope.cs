using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that reached a test actor, and who sent it.</summary>
public abstract class MessageEnvelope
{
    public abstract object? Message { get; }

    public abstract IActorRef Sender { get; }
}

/// <summary>Stands for "nothing arrived".</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    public static NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    public override object? Message => null;

    public override IActorRef Sender => ActorRefs.NoSender;

    public override string ToString() => "<null>";
}

/// <summary>A message that arrived.</summary>
public class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    public override object Message { get; } = message;

    public override IActorRef Sender { get; } = sender;

    public override string ToString() => $"<{Message}> from {(Sender.IsNobody() ? "NoSender" : Sender.ToString())}";
}
