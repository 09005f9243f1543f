namespace Akka.Actor;

/// <summary>A failure as a message; an Ask answered with it fails with the exception.</summary>
/// <remarks>Akka.NET documentation, "Ask: Send-And-Receive-Future".</remarks>
public class Failure
{
    /// <summary>Why it failed.</summary>
    public Exception? Exception { get; set; }

    /// <summary>When it was made.</summary>
    public DateTime Timestamp { get; set; }
}
