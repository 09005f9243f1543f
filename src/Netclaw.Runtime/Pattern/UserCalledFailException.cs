using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The cause recorded when <see cref="CircuitBreaker.Fail"/> is called by hand.</summary>
/// <remarks>Akka.NET documentation, "Delayed restarts".</remarks>
public class UserCalledFailException() : AkkaException($"User code caused [{nameof(CircuitBreaker)}] to fail because it called [{nameof(CircuitBreaker.Fail)}()].");
