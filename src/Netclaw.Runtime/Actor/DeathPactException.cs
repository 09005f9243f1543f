namespace Akka.Actor;

/// <summary>An actor watched another and did not handle its <see cref="Terminated"/>.</summary>
/// <remarks>Akka.NET documentation, "Lifecycle Monitoring, aka DeathWatch".</remarks>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    /// <summary>Whose end was watched and not handled.</summary>
    public IActorRef DeadActor { get; } = deadActor;
}
