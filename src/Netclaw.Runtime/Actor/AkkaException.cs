namespace Akka.Actor;

/// <summary>Base of the exceptions which the actor runtime itself throws.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public abstract class AkkaException : Exception
{
    /// <summary>For the exceptions of the runtime.</summary>
    protected AkkaException()
    {
    }

    /// <summary>For the exceptions of the runtime.</summary>
    protected AkkaException(string? message, Exception? cause = null) : base(message, cause)
    {
    }

    /// <summary>What led here, or null. The same object as <see cref="Exception.InnerException"/>.</summary>
    protected Exception? Cause => InnerException;
}
