namespace Akka.Actor;

/// <summary>Handled by the runtime before the actor's own behaviour sees it.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public interface IAutoReceivedMessage
{
}

/// <summary>Could do harm when sent by an untrusted peer.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public interface IPossiblyHarmful
{
}

/// <summary>Never checked for serializability.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public interface INoSerializationVerificationNeeded
{
}

/// <summary>Does not restart the receive timeout.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public interface INotInfluenceReceiveTimeout
{
}

/// <summary>Carries another message.</summary>
/// <remarks>Akka.NET documentation, "Message Delivery Reliability".</remarks>
public interface IWrappedMessage
{
    /// <summary>What is inside.</summary>
    object Message { get; }
}
