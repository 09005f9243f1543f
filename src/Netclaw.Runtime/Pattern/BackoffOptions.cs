using Akka.Actor;

namespace Akka.Pattern;

/// <summary>How a <see cref="BackoffSupervisor"/> behaves. Each method answers changed options.</summary>
/// <remarks>Akka.NET documentation, "Delayed restarts".</remarks>
public abstract class BackoffOptions
{
    /// <summary>See <see cref="Backoff"/>.</summary>
    protected BackoffOptions()
    {
    }

    internal abstract Props Props { get; }

    /// <summary>The waits begin anew when the child has lived this long. The default, with the least wait.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The waits begin anew when the supervisor is told <see cref="BackoffSupervisor.Reset"/>.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>What happens when the child fails.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>Any failure stops the child.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>How often the child is started again before the supervisor gives up and stops; -1 is no limit.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>The answer to messages while there is no child; without one they are dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>When the child stops after such a message, the supervisor stops too. Only when started again on stop.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}
