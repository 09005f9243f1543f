namespace Akka.Actor;

/// <summary>The name is malformed, or a living sibling has it.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class InvalidActorNameException : AkkaException
{
    /// <summary>The name is taken, or cannot be one.</summary>
    public InvalidActorNameException(string message)
        : base(message)
    {
    }

    /// <summary>The name is taken, or cannot be one.</summary>
    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
