namespace Akka.Actor;

/// <summary>What a system knows of its own tree.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public interface IActorRefProvider
{
    /// <summary>The path of the root.</summary>
    ActorPath RootPath { get; }

    /// <summary>Of the system.</summary>
    Settings Settings { get; }

    /// <summary>Where messages to nobody end.</summary>
    IActorRef DeadLetters { get; }

    /// <summary>Takes every message and does nothing.</summary>
    IActorRef IgnoreRef { get; }

    /// <summary>The actor above all.</summary>
    IInternalActorRef RootGuardian { get; }

    /// <summary>Where named questions stand while they wait.</summary>
    IInternalActorRef TempContainer { get; }

    /// <summary>The system's address; local, since nothing listens.</summary>
    Address DefaultAddress { get; }

    /// <summary>Completes when the last actor has ended.</summary>
    Task TerminationTask { get; }

    /// <summary>The actor that lives at the path, or a reference that answers as dead.</summary>
    IActorRef ResolveActorRef(string path);

    /// <inheritdoc cref="ResolveActorRef(string)"/>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The address others reach this system at; null when it is another system's address.</summary>
    Address? GetExternalAddressFor(Address address);
}
