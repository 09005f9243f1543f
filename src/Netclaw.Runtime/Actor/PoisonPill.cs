using Akka.Event;

namespace Akka.Actor;

/// <summary>Stops the actor once the messages before it in the mailbox are done.</summary>
/// <remarks>Akka.NET documentation, "Stopping Actors".</remarks>
public sealed class PoisonPill : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    private PoisonPill()
    {
    }

    /// <summary>The only instance.</summary>
    public static PoisonPill Instance { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "<PoisonPill>";
}
