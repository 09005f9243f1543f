namespace Akka.Actor;

/// <summary>Looks into envelopes.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public static class WrappedMessage
{
    /// <summary>The innermost message.</summary>
    public static object Unwrap(object message)
    {
        while (message is IWrappedMessage wrapped)
            message = wrapped.Message;
        return message;
    }
}
