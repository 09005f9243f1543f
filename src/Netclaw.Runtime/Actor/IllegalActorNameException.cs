namespace Akka.Actor;

/// <summary>A selection's path is malformed.</summary>
public class IllegalActorNameException(string message) : AkkaException(message);
