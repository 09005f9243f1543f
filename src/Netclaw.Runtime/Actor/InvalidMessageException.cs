namespace Akka.Actor;

/// <summary>A null was sent.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public class InvalidMessageException : AkkaException
{
    /// <summary>Null was sent.</summary>
    public InvalidMessageException()
        : this("Message is null")
    {
    }

    /// <summary>Null was sent.</summary>
    public InvalidMessageException(string message)
        : base(message)
    {
    }
}
