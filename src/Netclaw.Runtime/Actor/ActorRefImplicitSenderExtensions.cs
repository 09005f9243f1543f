namespace Akka.Actor;

/// <summary>Tell with the sender that the calling code stands for.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends with the running actor as the sender, or none outside an actor.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    /// <summary>Sends with the sender of the message being processed, as if this actor had never been in between.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}
