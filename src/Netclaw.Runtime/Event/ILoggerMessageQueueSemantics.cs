namespace Akka.Event;

/// <summary>The kind of mailbox that a logger needs: unbounded, so that logging never blocks.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public interface ILoggerMessageQueueSemantics;
