namespace Akka.Persistence;

/// <summary>A persistent actor with one method for commands and one for recovery, each telling whether it handled the message.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract class PersistentActor : Eventsourced
{
    /// <summary>Derive from it.</summary>
    protected PersistentActor()
    {
    }

    /// <inheritdoc/>
    protected override bool Receive(object message) => ReceiveCommand(message);
}
