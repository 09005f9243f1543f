namespace Akka.Actor;

/// <summary>Thrown in an actor that received <see cref="Kill"/>. The default strategy stops such an actor.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message)
        : base(message)
    {
    }
}
