namespace Akka.Event;

/// <summary>The kind of mailbox that a logger needs: unbounded, so that logging never blocks.</summary>
public interface ILoggerMessageQueueSemantics;
