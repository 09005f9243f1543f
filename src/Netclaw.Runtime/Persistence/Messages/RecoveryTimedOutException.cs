using Akka.Actor;

namespace Akka.Persistence;

/// <summary>The journal went silent in the middle of a recovery for longer than <c>recovery-event-timeout</c>.</summary>
public sealed class RecoveryTimedOutException : AkkaException
{
    public RecoveryTimedOutException()
    {
    }

    public RecoveryTimedOutException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
