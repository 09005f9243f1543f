namespace Akka.Actor;

/// <summary>
/// A handle to one incarnation of an actor. It stays valid over restarts; after the actor has stopped,
/// what is sent to it becomes a dead letter. Equal when path and incarnation are.
/// </summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>Where the actor stands, with its incarnation.</summary>
    ActorPath Path { get; }
}
