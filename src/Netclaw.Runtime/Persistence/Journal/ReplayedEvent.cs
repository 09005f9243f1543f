namespace Akka.Persistence.Journal;

/// <summary>An event on its way back to its actor.</summary>
internal readonly record struct ReplayedEvent(long SequenceNr, object Payload);
