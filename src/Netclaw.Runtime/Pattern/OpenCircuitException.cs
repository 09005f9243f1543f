using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A call was refused at once because the circuit breaker is open, or half-open with its one call under way.</summary>
/// <remarks>Akka.NET documentation, "Circuit Breaker".</remarks>
public class OpenCircuitException : AkkaException
{
    private const string Refused = "Circuit Breaker is open; calls are failing fast.";

    /// <summary>Carries how long the breaker will stay open, where that is known.</summary>
    public OpenCircuitException() : this(Refused)
    {
    }

    /// <summary>Carries how long the breaker will stay open, where that is known.</summary>
    public OpenCircuitException(string message) : base(message)
    {
    }

    /// <summary>Carries how long the breaker will stay open, where that is known.</summary>
    public OpenCircuitException(string message, Exception? cause) : base(message, cause)
    {
    }

    /// <summary>Carries how long the breaker will stay open, where that is known.</summary>
    public OpenCircuitException(string message, TimeSpan remainingDuration) : base(message) => RemainingDuration = remainingDuration;

    /// <summary>Carries how long the breaker will stay open, where that is known.</summary>
    public OpenCircuitException(string message, Exception? cause, TimeSpan remainingDuration) : base(message, cause) => RemainingDuration = remainingDuration;

    /// <summary>Carries how long the breaker will stay open, where that is known.</summary>
    public OpenCircuitException(Exception? cause) : this(Refused, cause)
    {
    }

    /// <summary>Carries how long the breaker will stay open, where that is known.</summary>
    public OpenCircuitException(Exception? cause, TimeSpan remainingDuration) : this(Refused, cause, remainingDuration)
    {
    }

    /// <summary>How long the breaker stays open; zero when it is half-open.</summary>
    public TimeSpan RemainingDuration { get; }
}
