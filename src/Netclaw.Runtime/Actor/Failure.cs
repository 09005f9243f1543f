namespace Akka.Actor;

/// <summary>A failure as a message; an Ask answered with it fails with the exception.</summary>
public class Failure
{
    public Exception? Exception { get; set; }

    public DateTime Timestamp { get; set; }
}
