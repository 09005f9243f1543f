using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>The snapshot table of a SQLite file.</summary>
internal sealed class SqliteSnapshotTable(SqliteFile file) : ISnapshotTable, IDisposable
{
    private const string Upsert =
        "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
        + "ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET "
        + "created = excluded.created, snapshot = excluded.snapshot, manifest = excluded.manifest, serializer_id = excluded.serializer_id";

    private const string InRange =
        "persistence_id = ?1 AND sequence_number >= ?2 AND sequence_number <= ?3 AND created >= ?4 AND created <= ?5";

    private const string Latest =
        $"SELECT sequence_number, created, snapshot, serializer_id, manifest FROM snapshot WHERE {InRange} ORDER BY sequence_number DESC LIMIT 1";

    private const string DeleteRange = $"DELETE FROM snapshot WHERE {InRange}";

    public Task Save(StoredSnapshot snapshot) => Enqueue(new SaveJob(snapshot));

    public Task Delete(string persistenceId, SnapshotRange range) => Enqueue(new DeleteJob(persistenceId, range));

    public Task<StoredSnapshot?> Load(string persistenceId, SnapshotRange range, CancellationToken cancel) =>
        file.Readers.Read(
            database =>
            {
                file.Faults?.At(StoreCall.ReadSnapshot);
                var rows = database.Statement(Latest, "read a snapshot");
                Bind(rows, persistenceId, range);
                RepeatedText manifest = default;
                try
                {
                    return rows.Step()
                        ? new StoredSnapshot(
                            persistenceId, rows.Long(0), rows.Long(1), rows.Bytes(2).ToArray(), (int)rows.Long(3), rows.Text(4, ref manifest))
                        : null;
                }
                finally
                {
                    rows.Reset();
                }
            },
            cancel);

    public void Dispose() => file.Dispose();

    private Task Enqueue(TaskJob job)
    {
        file.Writer.Enqueue(job);
        return job.Done;
    }

    private static void Bind(SqliteStatement statement, string persistenceId, SnapshotRange range)
    {
        statement.Bind(1, persistenceId);
        statement.Bind(2, range.MinSequenceNr);
        statement.Bind(3, range.MaxSequenceNr);
        statement.Bind(4, range.MinCreated);
        statement.Bind(5, range.MaxCreated);
    }

    private sealed class SaveJob(StoredSnapshot snapshot) : TaskJob
    {
        public override bool NeedsSavepoint => false;

        public override void Apply(SqliteDatabase database, IStoreFaults? faults)
        {
            faults?.At(StoreCall.SaveSnapshot);
            var upsert = database.Statement(Upsert, "store a snapshot");
            upsert.Bind(1, snapshot.PersistenceId);
            upsert.Bind(2, snapshot.SequenceNr);
            upsert.Bind(3, snapshot.Created);
            upsert.Bind(4, snapshot.Payload);
            upsert.Bind(5, snapshot.Manifest);
            upsert.Bind(6, snapshot.SerializerId);
            upsert.Run();
        }
    }

    private sealed class DeleteJob(string persistenceId, SnapshotRange range) : TaskJob
    {
        public override bool NeedsSavepoint => false;

        public override void Apply(SqliteDatabase database, IStoreFaults? faults)
        {
            faults?.At(StoreCall.DeleteSnapshot);
            var delete = database.Statement(DeleteRange, "delete snapshots");
            Bind(delete, persistenceId, range);
            delete.Run();
        }
    }
}
