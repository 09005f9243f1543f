namespace Akka.Actor;

/// <summary>No answer to an Ask arrived in time.</summary>
/// <remarks>Akka.NET documentation, "Ask: Send-And-Receive-Future".</remarks>
public class AskTimeoutException(string message) : AkkaException(message);
