namespace Akka.Actor;

/// <summary>A logger named in <c>akka.loggers</c> could not be started.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public class LoggerInitializationException : AkkaException
{
    /// <summary>A logger that the configuration names did not start.</summary>
    public LoggerInitializationException()
    {
    }

    /// <summary>A logger that the configuration names did not start.</summary>
    public LoggerInitializationException(string message)
        : base(message)
    {
    }

    /// <summary>A logger that the configuration names did not start.</summary>
    public LoggerInitializationException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
