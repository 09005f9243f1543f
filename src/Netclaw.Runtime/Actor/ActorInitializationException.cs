namespace Akka.Actor;

/// <summary>An actor could not be created: its constructor or PreStart failed. The default strategy stops such an actor.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class ActorInitializationException : AkkaException
{
    /// <summary>A failure in an actor's constructor or PreStart; the default strategy stops the actor.</summary>
    public ActorInitializationException()
    {
    }

    /// <summary>A failure in an actor's constructor or PreStart; the default strategy stops the actor.</summary>
    public ActorInitializationException(string message)
        : base(message)
    {
    }

    /// <summary>A failure in an actor's constructor or PreStart; the default strategy stops the actor.</summary>
    public ActorInitializationException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>A failure in an actor's constructor or PreStart; the default strategy stops the actor.</summary>
    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
        : base(message, cause) => Actor = actor;

    /// <summary>The actor that failed to start, when known.</summary>
    public IActorRef? Actor { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}
