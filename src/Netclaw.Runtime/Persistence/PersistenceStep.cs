using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// What journal, snapshot store and clock tell a persistent actor. Runs whatever the actor waits for, but only on the instance that asked:
/// after a restart the answers to the old instance mean nothing.
/// </summary>
internal abstract class PersistenceStep(Eventsourced owner) : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public Eventsourced Owner => owner;

    public abstract void Run(Eventsourced actor);
}
