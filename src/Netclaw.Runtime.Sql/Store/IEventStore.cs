namespace Netclaw.Runtime.Sql.Store;

/// <summary>A journal table. Writes are answered in the order they were handed over; reads run beside them.</summary>
internal interface IEventStore
{
    /// <summary>The first failed flush of this database in this process; null without one. SQLite takes no write after it, PostgreSQL none of an id not recovered since.</summary>
    Exception? Stopped { get; }

    /// <summary>Queues a write. Writes queued while another is being flushed share the next flush.</summary>
    void Write(EventWrite write);

    /// <summary>Completes when every write handed over before the call has been answered.</summary>
    Task Drained();

    /// <summary>The highest sequence number ever stored for the id, deleted events included; 0 when there is none.</summary>
    Task<long> HighestSequenceNr(string persistenceId, CancellationToken cancel);

    /// <summary>
    /// Appends to <paramref name="into"/> undeleted events in ascending order from <paramref name="from"/> to
    /// <paramref name="to"/> inclusive: at most <paramref name="limit"/>, and none after their payloads have reached
    /// <paramref name="bytes"/>. None at all means there are no more.
    /// </summary>
    Task Read(string persistenceId, long from, long to, int limit, long bytes, List<StoredEvent> into, CancellationToken cancel);

    /// <summary>
    /// Deletes events up to and including <paramref name="to"/>. The row with the highest number is only marked, so that
    /// numbering never starts again.
    /// </summary>
    Task Delete(string persistenceId, long to);
}
