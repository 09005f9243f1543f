namespace Akka.Actor;

/// <summary>The constructor or PostRestart of the new instance failed during a restart. The default strategy stops the actor.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"exception post restart ({originalCause.GetType()})", cause)
{
    /// <summary>What the restart was for.</summary>
    public Exception OriginalCause { get; } = originalCause;
}
