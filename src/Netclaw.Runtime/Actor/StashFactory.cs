namespace Akka.Actor;

/// <summary>Makes stashes for actors that do without the stash interfaces.</summary>
/// <remarks>Akka.NET documentation, "Stash".</remarks>
public static class StashFactory
{
    /// <summary>The stash of an actor that is being made.</summary>
    public static IStash CreateStash<T>(this IActorContext context)
        where T : ActorBase => CreateStash(context, typeof(T));

    /// <summary>The stash of an actor that is being made.</summary>
    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) =>
        CreateStash(context, actorInstance.GetType());

    /// <summary>The stash of an actor that is being made.</summary>
    public static IStash CreateStash(this IActorContext context, Type actorType)
    {
        var cell = (ActorCell)context;
        return new ActorStash(cell, ActorStash.CapacityFor(actorType, cell));
    }
}
