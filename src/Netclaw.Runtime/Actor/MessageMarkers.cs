namespace Akka.Actor;

/// <summary>Handled by the runtime before the actor's own behaviour sees it.</summary>
public interface IAutoReceivedMessage
{
}

/// <summary>Could do harm when sent by an untrusted peer.</summary>
public interface IPossiblyHarmful
{
}

/// <summary>Never checked for serializability.</summary>
public interface INoSerializationVerificationNeeded
{
}

/// <summary>Does not restart the receive timeout.</summary>
public interface INotInfluenceReceiveTimeout
{
}

/// <summary>Carries another message.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}
