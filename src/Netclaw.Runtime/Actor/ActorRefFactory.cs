namespace Akka.Actor;

/// <summary>Makes actors and selections.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public interface IActorRefFactory
{
    /// <summary>Creates and starts a child. The reference is usable at once; the instance is made asynchronously.</summary>
    /// <exception cref="InvalidActorNameException">The name is malformed or taken.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>A selection of what stands at the path, now or later; it is looked up when a message is sent.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>A selection of what stands at the path, now or later; it is looked up when a message is sent.</summary>
    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Short forms for whoever makes actors.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public static class ActorRefFactoryExtensions
{
    /// <summary>Makes an actor by its constructor without arguments.</summary>
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);

    /// <summary>A selection that starts at the anchor.</summary>
    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath) =>
        new(anchorRef, actorPath);
}
