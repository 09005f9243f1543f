using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>The journal table of a SQLite file.</summary>
internal sealed class SqliteEventStore(SqliteFile file) : IEventStore, IDisposable
{
    private const string Highest = "SELECT MAX(sequence_number) FROM journal WHERE persistence_id = ?1";

    private const string Range =
        "SELECT sequence_number, created, message, identifier, manifest, writer_uuid FROM journal "
        + "WHERE persistence_id = ?1 AND sequence_number >= ?2 AND sequence_number <= ?3 AND deleted = 0 "
        + "ORDER BY sequence_number LIMIT ?4";

    public Exception? Stopped => file.Stopped;

    public void Write(EventWrite write) => file.Writer.Enqueue(new InsertEvents(write));

    public Task Drained() => file.Writer.Drained();

    public Task<long> HighestSequenceNr(string persistenceId, CancellationToken cancel) =>
        file.Readers.Read(
            database =>
            {
                file.Faults?.At(StoreCall.ReadHighest);
                var highest = database.Statement(Highest, "read the highest sequence number");
                highest.Bind(1, persistenceId);
                try
                {
                    return highest.Step() ? highest.Long(0) : 0;
                }
                finally
                {
                    highest.Reset();
                }
            },
            cancel);

    public Task Read(string persistenceId, long from, long to, int limit, long bytes, List<StoredEvent> into, CancellationToken cancel) =>
        file.Readers.Read(
            database =>
            {
                file.Faults?.At(StoreCall.ReadEvents);
                var rows = database.Statement(Range, "read events");
                rows.Bind(1, persistenceId);
                rows.Bind(2, from);
                rows.Bind(3, to);
                rows.Bind(4, limit);
                RepeatedText manifest = default, writer = default;
                try
                {
                    while (bytes > 0 && rows.Step())
                    {
                        var payload = rows.Bytes(2).ToArray();
                        bytes -= payload.Length;
                        into.Add(new StoredEvent(
                            rows.Long(0), rows.Long(1), payload, (int)rows.Long(3),
                            rows.Text(4, ref manifest), rows.Text(5, ref writer)));
                    }
                }
                finally
                {
                    rows.Reset();
                }

                return into.Count;
            },
            cancel);

    public Task Delete(string persistenceId, long to)
    {
        var job = new DeleteEvents(persistenceId, to);
        file.Writer.Enqueue(job);
        return job.Done;
    }

    public void Dispose() => file.Dispose();
}
