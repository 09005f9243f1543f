namespace Akka.Actor;

/// <summary>PreRestart failed. It is logged; the restart goes on.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(actor, $"exception in PreRestart({cause.GetType()}, {optionalMessage?.GetType().ToString() ?? "null"})", restartException)
{
    /// <summary>What PreRestart threw.</summary>
    public Exception RestartException { get; } = restartException;

    /// <summary>The message that was being processed when the actor failed, if any.</summary>
    public object? OptionalMessage { get; } = optionalMessage;
}
