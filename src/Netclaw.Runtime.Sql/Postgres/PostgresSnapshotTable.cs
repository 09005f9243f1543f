using System.Diagnostics.CodeAnalysis;
using Netclaw.Runtime.Sql.Store;
using Npgsql;

namespace Netclaw.Runtime.Sql.Postgres;

/// <summary>The snapshot table of a PostgreSQL database.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The text is ours; values are parameters and the schema is quoted.")]
internal sealed class PostgresSnapshotTable(PostgresServer server) : ISnapshotTable, IAsyncDisposable
{
    private const string InRange =
        "persistence_id = $1 AND sequence_number >= $2 AND sequence_number <= $3 AND created >= $4 AND created <= $5";

    private readonly string _upsert =
        $"INSERT INTO {server.Prefix}snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id) "
        + "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET "
        + "created = excluded.created, snapshot = excluded.snapshot, manifest = excluded.manifest, serializer_id = excluded.serializer_id";

    private readonly string _latest =
        $"SELECT sequence_number, created, snapshot, serializer_id, manifest FROM {server.Prefix}snapshot WHERE {InRange} ORDER BY sequence_number DESC LIMIT 1";

    private readonly string _delete = $"DELETE FROM {server.Prefix}snapshot WHERE {InRange}";

    public async Task Save(StoredSnapshot snapshot)
    {
        server.Faults?.At(StoreCall.SaveSnapshot);
        await Run(
            _upsert, snapshot.PersistenceId, snapshot.SequenceNr, snapshot.Created, snapshot.Payload, snapshot.Manifest, snapshot.SerializerId)
            .ConfigureAwait(false);
    }

    public async Task<StoredSnapshot?> Load(string persistenceId, SnapshotRange range, CancellationToken cancel)
    {
        server.Faults?.At(StoreCall.ReadSnapshot);
        await using var connection = await server.Connect(cancel).ConfigureAwait(false);
        await using var command = Command(
            connection, _latest, persistenceId, range.MinSequenceNr, range.MaxSequenceNr, range.MinCreated, range.MaxCreated);
        await using var rows = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        return await rows.ReadAsync(cancel).ConfigureAwait(false)
            ? new StoredSnapshot(
                persistenceId, rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2), rows.GetInt32(3),
                rows.IsDBNull(4) ? string.Empty : rows.GetString(4))
            : null;
    }

    public async Task Delete(string persistenceId, SnapshotRange range)
    {
        server.Faults?.At(StoreCall.DeleteSnapshot);
        await Run(_delete, persistenceId, range.MinSequenceNr, range.MaxSequenceNr, range.MinCreated, range.MaxCreated).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    // One statement is one transaction: snapshots may be lost and rebuilt, so a failure is the saver's alone.
    private async Task Run(string sql, params object[] values)
    {
        await using var connection = await server.ConnectForWriting(CancellationToken.None).ConfigureAwait(false);
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
