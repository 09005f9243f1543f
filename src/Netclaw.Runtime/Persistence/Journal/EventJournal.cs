namespace Akka.Persistence.Journal;

/// <summary>
/// A journal plugin. Called by persistent actors directly, without an actor in between; everything but
/// <see cref="Prepare"/> may be called from any thread.
/// </summary>
internal abstract class EventJournal
{
    /// <summary>Makes an event storable, on the thread of its actor.</summary>
    /// <exception cref="Exception">It cannot be stored: the event is rejected, the actor goes on.</exception>
    public abstract PreparedEvent Prepare(object payload);

    /// <summary>
    /// Stores the events of the write together or not at all. True: it is done, and <see cref="JournalWrite.Failure"/> says how.
    /// False: <see cref="JournalWrite.Complete"/> will be called. Never throws.
    /// </summary>
    public abstract bool Write(JournalWrite write);

    /// <summary>The highest number ever stored for the id, counting the writes that were handed over before the call.</summary>
    public abstract Task<long> HighestSequenceNr(string persistenceId, CancellationToken cancel);

    /// <summary>
    /// Up to <paramref name="max"/> events in ascending order, from and to inclusive, as many as are worth handing over at once.
    /// Empty when there are no more.
    /// </summary>
    public abstract Task<IReadOnlyList<ReplayedEvent>> Read(string persistenceId, long from, long to, long max, CancellationToken cancel);

    /// <summary>Deletes events up to and including the number; numbering goes on.</summary>
    public abstract Task Delete(string persistenceId, long to);

    /// <summary>Called when the actor system ends, after every actor has stopped.</summary>
    public virtual void Close()
    {
    }
}
