using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A call was refused at once because the circuit breaker is open, or half-open with its one call under way.</summary>
public class OpenCircuitException : AkkaException
{
    private const string Refused = "Circuit Breaker is open; calls are failing fast.";

    public OpenCircuitException() : this(Refused)
    {
    }

    public OpenCircuitException(string message) : base(message)
    {
    }

    public OpenCircuitException(string message, Exception? cause) : base(message, cause)
    {
    }

    public OpenCircuitException(string message, TimeSpan remainingDuration) : base(message) => RemainingDuration = remainingDuration;

    public OpenCircuitException(string message, Exception? cause, TimeSpan remainingDuration) : base(message, cause) => RemainingDuration = remainingDuration;

    public OpenCircuitException(Exception? cause) : this(Refused, cause)
    {
    }

    public OpenCircuitException(Exception? cause, TimeSpan remainingDuration) : this(Refused, cause, remainingDuration)
    {
    }

    /// <summary>How long the breaker stays open; zero when it is half-open.</summary>
    public TimeSpan RemainingDuration { get; }
}
