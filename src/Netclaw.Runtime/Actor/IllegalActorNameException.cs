namespace Akka.Actor;

/// <summary>A selection's path is malformed.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public class IllegalActorNameException(string message) : AkkaException(message);
