namespace Akka.Actor;

/// <summary>The one provider: every reference is local.</summary>
internal sealed class LocalActorRefProvider(ActorSystemImpl system) : IActorRefProvider
{
    public ActorPath RootPath { get; } = new RootActorPath(new Address("akka", system.Name));

    public Settings Settings => system.Settings;

    public IActorRef DeadLetters => system.DeadLetters;

    public IActorRef IgnoreRef => system.IgnoreRef;

    public IInternalActorRef RootGuardian => system.Root;

    public IInternalActorRef TempContainer => system.Temp;

    public Address DefaultAddress => RootPath.Address;

    public Task TerminationTask => system.WhenTerminated;

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var parsed))
            return ResolveActorRef(parsed);
        return path.StartsWith('/') ? ResolveActorRef(RootPath / path.Split('/')) : DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Address != DefaultAddress)
            return new EmptyLocalActorRef(system, actorPath);
        var found = system.Root.GetChild(actorPath.Elements);
        if (found is Nobody || (actorPath.Uid != 0 && found is LocalActorRef live && live.Incarnation != actorPath.Uid))
            return new EmptyLocalActorRef(system, actorPath);
        return found;
    }

    public Address? GetExternalAddressFor(Address address) => address == DefaultAddress ? DefaultAddress : null;
}
