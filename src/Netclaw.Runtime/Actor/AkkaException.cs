namespace Akka.Actor;

/// <summary>Base of the exceptions which the actor runtime itself throws.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException()
    {
    }

    protected AkkaException(string? message, Exception? cause = null) : base(message, cause)
    {
    }

    /// <summary>What led here, or null. The same object as <see cref="Exception.InnerException"/>.</summary>
    protected Exception? Cause => InnerException;
}
