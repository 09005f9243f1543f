namespace Akka.Pattern;

/// <summary>When a backoff supervisor forgets how often its child was restarted.</summary>
/// <remarks>Akka.NET documentation, "Delayed restarts".</remarks>
public interface IBackoffReset;

/// <summary>When the child has lived for a time.</summary>
internal sealed record AutoReset(TimeSpan ResetBackoff) : IBackoffReset;

/// <summary>When the supervisor is told <see cref="BackoffSupervisor.Reset"/>.</summary>
internal sealed record ManualReset : IBackoffReset;
