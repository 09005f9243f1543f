namespace Akka.Actor;

/// <summary>Makes stashes for actors that do without the stash interfaces.</summary>
public static class StashFactory
{
    public static IStash CreateStash<T>(this IActorContext context)
        where T : ActorBase => CreateStash(context, typeof(T));

    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) =>
        CreateStash(context, actorInstance.GetType());

    public static IStash CreateStash(this IActorContext context, Type actorType)
    {
        var cell = (ActorCell)context;
        return new ActorStash(cell, ActorStash.CapacityFor(actorType, cell));
    }
}
