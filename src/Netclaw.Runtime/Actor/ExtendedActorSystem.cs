namespace Akka.Actor;

/// <summary>The system as extensions see it.</summary>
/// <remarks>Akka.NET documentation, "Actor Systems".</remarks>
public abstract class ExtendedActorSystem : ActorSystem
{
    /// <summary>For the runtime's own system.</summary>
    protected ExtendedActorSystem()
    {
    }

    /// <summary>Makes and finds the system's references.</summary>
    public abstract IActorRefProvider Provider { get; }

    /// <summary>The actor at /user.</summary>
    public abstract IInternalActorRef Guardian { get; }

    /// <summary>Where selections by path start.</summary>
    public abstract IInternalActorRef LookupRoot { get; }

    /// <summary>The actor at /system.</summary>
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Creates an actor below /system; it outlives those below /user.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    /// <inheritdoc cref="SystemActorOf(Props, string?)"/>
    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();
}
