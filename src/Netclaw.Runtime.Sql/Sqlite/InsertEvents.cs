using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>Stores the events of one write, and their tags.</summary>
internal sealed class InsertEvents(EventWrite write) : WriterJob
{
    private const string Insert =
        "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid) "
        + "VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7)";

    private const string InsertTag =
        "INSERT INTO tags (ordering_id, tag, sequence_nr, persistence_id) VALUES (?1, ?2, ?3, ?4)";

    public override bool NeedsSavepoint => write.Events.Length > 1;

    public override void Apply(SqliteDatabase database, IStoreFaults? faults)
    {
        var insert = database.Statement(Insert, "store events");
        insert.Bind(1, write.Created);
        insert.Bind(2, write.PersistenceId);
        insert.Bind(7, write.WriterUuid);
        var sequenceNr = write.FirstSequenceNr;
        string? manifest = null;
        foreach (ref readonly var e in write.Events.Span)
        {
            faults?.At(StoreCall.Insert);
            if (!ReferenceEquals(manifest, e.Manifest))
            {
                insert.Bind(5, manifest = e.Manifest);
            }

            insert.Bind(3, sequenceNr);
            insert.Bind(4, e.Payload);
            insert.Bind(6, e.SerializerId);
            insert.Run();
            if (e.Tags is { Count: > 0 } tags)
            {
                StoreTags(database, faults, tags, sequenceNr);
            }

            sequenceNr++;
        }
    }

    public override void Completed(Exception? failure) => write.Completed(failure);

    public override Exception Refusal(string database, SqliteFailure failure) => new WriteRefusedException(database, write, failure);

    private void StoreTags(SqliteDatabase database, IStoreFaults? faults, IEnumerable<string> tags, long sequenceNr)
    {
        var insert = database.Statement(InsertTag, "store tags");
        insert.Bind(1, database.LastRowId);
        insert.Bind(3, sequenceNr);
        insert.Bind(4, write.PersistenceId);
        foreach (var tag in tags)
        {
            faults?.At(StoreCall.InsertTag);
            insert.Bind(2, tag);
            insert.Run();
        }
    }
}
