namespace Akka.Actor;

/// <summary>An operation the actor's state does not allow, such as stashing one message twice.</summary>
/// <remarks>Akka.NET documentation, "Supervision and Monitoring".</remarks>
public class IllegalActorStateException(string message) : AkkaException(message);
