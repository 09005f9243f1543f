using Akka.Actor;

namespace Akka.Persistence;

/// <summary>The journal went silent in the middle of a recovery for longer than <c>recovery-event-timeout</c>.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class RecoveryTimedOutException : AkkaException
{
    /// <summary>The journal said nothing for <c>recovery-event-timeout</c>.</summary>
    public RecoveryTimedOutException()
    {
    }

    /// <summary>The journal said nothing for <c>recovery-event-timeout</c>.</summary>
    public RecoveryTimedOutException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
