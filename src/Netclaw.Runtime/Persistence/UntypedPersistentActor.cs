using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A persistent actor with one method for all commands and one for recovery.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public abstract class UntypedPersistentActor : Eventsourced
{
    /// <summary>Derive from it.</summary>
    protected UntypedPersistentActor()
    {
    }

    /// <summary>The actor's surroundings; only inside the actor.</summary>
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    /// <inheritdoc/>
    protected override bool Receive(object message) => ReceiveCommand(message);

    /// <inheritdoc/>
    protected sealed override bool ReceiveCommand(object message)
    {
        OnCommand(message);
        return true;
    }

    /// <inheritdoc/>
    protected sealed override bool ReceiveRecover(object message)
    {
        OnRecover(message);
        return true;
    }

    /// <summary>Handles a command.</summary>
    protected abstract void OnCommand(object message);

    /// <summary>Handles a snapshot offer, an event or RecoveryCompleted. Must not persist before RecoveryCompleted.</summary>
    protected abstract void OnRecover(object message);

    /// <summary>Replaces the behaviour for commands.</summary>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour for commands above the present one.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}
