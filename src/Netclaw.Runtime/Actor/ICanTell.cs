namespace Akka.Actor;

/// <summary>Something messages can be sent to.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public interface ICanTell
{
    /// <summary>Sends without waiting; at most once, in order per sender and receiver.</summary>
    /// <exception cref="InvalidMessageException">The message is null.</exception>
    void Tell(object message, IActorRef? sender);
}
