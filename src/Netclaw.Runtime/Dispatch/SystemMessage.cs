using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Part of the runtime's own conversation about an actor's life; handled before any user message.</summary>
/// <remarks>Akka.NET documentation, "Dispatchers".</remarks>
public interface ISystemMessage : INoSerializationVerificationNeeded
{
}

/// <summary>A link of the mailbox's system stack; one instance is in one stack at a time.</summary>
internal abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;
}
