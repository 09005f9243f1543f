namespace Akka.Actor;

/// <summary>Sent to an actor that received nothing for the time it set by SetReceiveTimeout.</summary>
/// <remarks>Akka.NET documentation, "Receive Timeout".</remarks>
public class ReceiveTimeout : IPossiblyHarmful
{
    private ReceiveTimeout()
    {
    }

    /// <summary>The only instance.</summary>
    public static ReceiveTimeout Instance { get; } = new();
}
