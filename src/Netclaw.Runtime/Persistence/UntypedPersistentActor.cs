using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A persistent actor with one method for all commands and one for recovery.</summary>
public abstract class UntypedPersistentActor : Eventsourced
{
    protected UntypedPersistentActor()
    {
    }

    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected override bool Receive(object message) => ReceiveCommand(message);

    protected sealed override bool ReceiveCommand(object message)
    {
        OnCommand(message);
        return true;
    }

    protected sealed override bool ReceiveRecover(object message)
    {
        OnRecover(message);
        return true;
    }

    /// <summary>Handles a command.</summary>
    protected abstract void OnCommand(object message);

    /// <summary>Handles a snapshot offer, an event or RecoveryCompleted. Must not persist before RecoveryCompleted.</summary>
    protected abstract void OnRecover(object message);

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}
