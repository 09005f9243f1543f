namespace Akka.Actor;

/// <summary>An operation the actor's state does not allow, such as stashing one message twice.</summary>
public class IllegalActorStateException(string message) : AkkaException(message);
