namespace Akka.Persistence;

/// <summary>A persistent actor with one method for commands and one for recovery, each telling whether it handled the message.</summary>
public abstract class PersistentActor : Eventsourced
{
    protected PersistentActor()
    {
    }

    protected override bool Receive(object message) => ReceiveCommand(message);
}
