namespace Akka.Hosting;

/// <summary>Base of the registry's errors.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public class ActorRegistryException : Exception
{
    /// <summary>Names the key.</summary>
    public ActorRegistryException(string message) : base(message)
    {
    }

    /// <summary>Names the key.</summary>
    public ActorRegistryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>There is an actor under the key already.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public sealed class DuplicateActorRegistryException : ActorRegistryException
{
    /// <summary>Names the key.</summary>
    public DuplicateActorRegistryException(string message) : base(message)
    {
    }

    /// <summary>Names the key.</summary>
    public DuplicateActorRegistryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>There is no actor under the key.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public sealed class MissingActorRegistryEntryException : ActorRegistryException
{
    /// <summary>Names the key.</summary>
    public MissingActorRegistryEntryException(string message) : base(message)
    {
    }

    /// <summary>Names the key.</summary>
    public MissingActorRegistryEntryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
