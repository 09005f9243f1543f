namespace Akka.Actor;

/// <summary>
/// A handle to one incarnation of an actor. It stays valid over restarts; after the actor has stopped,
/// what is sent to it becomes a dead letter. Equal when path and incarnation are.
/// </summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}
