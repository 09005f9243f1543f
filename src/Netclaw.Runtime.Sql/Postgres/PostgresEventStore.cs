using System.Diagnostics.CodeAnalysis;
using Netclaw.Runtime.Sql.Store;
using Npgsql;

namespace Netclaw.Runtime.Sql.Postgres;

/// <summary>The journal table of a PostgreSQL database.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The text is ours; values are parameters and the schema is quoted.")]
internal sealed class PostgresEventStore(PostgresServer server, TimeProvider time) : IEventStore, IAsyncDisposable
{
    private readonly PostgresWriter _writer = new(server, time);

    private readonly string _highest = $"SELECT COALESCE(MAX(sequence_number), 0) FROM {server.Prefix}journal WHERE persistence_id = $1";

    // The window keeps a chunk of large events small before it is sent.
    private readonly string _range = $"""
        SELECT sequence_number, created, message, identifier, manifest, writer_uuid FROM (
            SELECT *, SUM(octet_length(message)) OVER (ORDER BY sequence_number) - octet_length(message) AS before FROM (
                SELECT sequence_number, created, message, identifier, manifest, writer_uuid FROM {server.Prefix}journal
                WHERE persistence_id = $1 AND sequence_number >= $2 AND sequence_number <= $3 AND NOT deleted
                ORDER BY sequence_number LIMIT $4) AS wanted) AS measured
        WHERE before < $5 ORDER BY sequence_number
        """;

    private readonly string[] _delete =
    [
        $"DELETE FROM {server.Prefix}tags WHERE persistence_id = $1 AND sequence_nr <= $2",
        $"DELETE FROM {server.Prefix}journal WHERE persistence_id = $1 AND sequence_number <= $2 AND sequence_number < {Last(server)}",
        $"UPDATE {server.Prefix}journal SET deleted = true WHERE persistence_id = $1 AND sequence_number <= $2 AND sequence_number = {Last(server)}",
    ];

    public Exception? Stopped => StoppedStores.Cause(server.Name);

    public void Write(EventWrite write) => _writer.Enqueue(new InsertJob(write));

    public Task Drained() => _writer.Drained();

    public async Task<long> HighestSequenceNr(string persistenceId, CancellationToken cancel)
    {
        server.Faults?.At(StoreCall.ReadHighest);
        await using var connection = await server.Connect(cancel).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(_highest, connection) { Parameters = { new() { Value = persistenceId } } };
        var highest = (long)(await command.ExecuteScalarAsync(cancel).ConfigureAwait(false))!;
        _writer.Recovering(persistenceId);
        return highest;
    }

    public async Task Read(string persistenceId, long from, long to, int limit, long bytes, List<StoredEvent> into, CancellationToken cancel)
    {
        server.Faults?.At(StoreCall.ReadEvents);
        await using var connection = await server.Connect(cancel).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(_range, connection)
        {
            Parameters = { new() { Value = persistenceId }, new() { Value = from }, new() { Value = to }, new() { Value = limit }, new() { Value = bytes } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await rows.ReadAsync(cancel).ConfigureAwait(false))
        {
            into.Add(new StoredEvent(
                rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2), rows.GetInt32(3),
                rows.IsDBNull(4) ? string.Empty : rows.GetString(4), rows.IsDBNull(5) ? string.Empty : rows.GetString(5)));
        }
    }

    public Task Delete(string persistenceId, long to)
    {
        var job = new TransactionJob(StoreCall.Delete, persistenceId, _ => _delete.Select(sql => new NpgsqlBatchCommand(sql)
        {
            Parameters = { new() { Value = persistenceId }, new() { Value = to } },
        }));
        _writer.Enqueue(job);
        return job.Done;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        await server.DisposeAsync().ConfigureAwait(false);
    }

    private static string Last(PostgresServer server) =>
        $"(SELECT MAX(sequence_number) FROM {server.Prefix}journal WHERE persistence_id = $1)";
}
