namespace Akka.Actor;

/// <summary>What a system knows of its own tree.</summary>
public interface IActorRefProvider
{
    ActorPath RootPath { get; }

    Settings Settings { get; }

    IActorRef DeadLetters { get; }

    IActorRef IgnoreRef { get; }

    IInternalActorRef RootGuardian { get; }

    IInternalActorRef TempContainer { get; }

    /// <summary>The system's address; local, since nothing listens.</summary>
    Address DefaultAddress { get; }

    Task TerminationTask { get; }

    /// <summary>The actor that lives at the path, or a reference that answers as dead.</summary>
    IActorRef ResolveActorRef(string path);

    /// <inheritdoc cref="ResolveActorRef(string)"/>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The address others reach this system at; null when it is another system's address.</summary>
    Address? GetExternalAddressFor(Address address);
}
