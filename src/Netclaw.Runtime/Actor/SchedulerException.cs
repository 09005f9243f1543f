namespace Akka.Actor;

/// <summary>The scheduler has been shut down.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public sealed class SchedulerException(string message) : AkkaException(message);
