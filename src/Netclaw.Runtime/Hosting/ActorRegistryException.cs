namespace Akka.Hosting;

/// <summary>Base of the registry's errors.</summary>
public class ActorRegistryException : Exception
{
    public ActorRegistryException(string message) : base(message)
    {
    }

    public ActorRegistryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>There is an actor under the key already.</summary>
public sealed class DuplicateActorRegistryException : ActorRegistryException
{
    public DuplicateActorRegistryException(string message) : base(message)
    {
    }

    public DuplicateActorRegistryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>There is no actor under the key.</summary>
public sealed class MissingActorRegistryEntryException : ActorRegistryException
{
    public MissingActorRegistryEntryException(string message) : base(message)
    {
    }

    public MissingActorRegistryEntryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
