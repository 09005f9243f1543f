namespace Akka.Actor;

/// <summary>Thrown in an actor that received <see cref="Kill"/>. The default strategy stops such an actor.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class ActorKilledException : AkkaException
{
    /// <summary>What Kill makes an actor fail with; the default strategy stops it.</summary>
    public ActorKilledException()
    {
    }

    /// <summary>What Kill makes an actor fail with; the default strategy stops it.</summary>
    public ActorKilledException(string message)
        : base(message)
    {
    }
}
