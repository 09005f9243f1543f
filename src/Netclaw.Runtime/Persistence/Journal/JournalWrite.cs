using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>The events of one actor that are written together, and afterwards the message that tells the actor how it went.</summary>
internal sealed class JournalWrite(Eventsourced owner, IActorRef self, string persistenceId, string writerUuid, long firstSequenceNr, PreparedEvent[] events)
    : PersistenceStep(owner)
{
    public string PersistenceId => persistenceId;

    public string WriterUuid => writerUuid;

    public long FirstSequenceNr => firstSequenceNr;

    public PreparedEvent[] Events => events;

    /// <summary>Why the events are not known to be stored; null when they are.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Tells the actor; from any thread, once.</summary>
    public void Complete(Exception? failure)
    {
        Failure = failure;
        self.Tell(this, ActorRefs.NoSender);
    }

    public override void Run(Eventsourced actor) => actor.WriteEnded(this);
}
