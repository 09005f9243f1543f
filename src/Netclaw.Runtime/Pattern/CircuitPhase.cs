namespace Akka.Pattern;

/// <summary>What a circuit breaker is doing. A new object per phase: a result is counted only in the phase its call began in.</summary>
internal abstract class CircuitPhase
{
    private CircuitPhase()
    {
    }

    /// <summary>Calls pass; consecutive failures are counted.</summary>
    internal sealed class Closed : CircuitPhase
    {
        public int Failures { get; set; }
    }

    /// <summary>Calls are refused until <see cref="Until"/> on the scheduler's monotonic clock.</summary>
    internal sealed class Open(TimeSpan until, int failures) : CircuitPhase
    {
        public TimeSpan Until { get; } = until;

        public int Failures { get; } = failures;
    }

    /// <summary>One call may pass and decides.</summary>
    internal sealed class HalfOpen(int failures) : CircuitPhase
    {
        public bool CallUnderWay { get; set; }

        public int Failures { get; } = failures;
    }
}
