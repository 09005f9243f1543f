namespace Akka.Actor;

/// <summary>No answer to an Ask arrived in time.</summary>
public class AskTimeoutException(string message) : AkkaException(message);
