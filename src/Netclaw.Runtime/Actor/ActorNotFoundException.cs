namespace Akka.Actor;

/// <summary>A selection resolved to no actor.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class ActorNotFoundException : AkkaException
{
    /// <summary>Nobody answered at the path of a selection in time.</summary>
    public ActorNotFoundException()
    {
    }

    /// <summary>Nobody answered at the path of a selection in time.</summary>
    public ActorNotFoundException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
