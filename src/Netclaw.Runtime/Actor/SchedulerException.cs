namespace Akka.Actor;

/// <summary>The scheduler has been shut down.</summary>
public sealed class SchedulerException(string message) : AkkaException(message);
