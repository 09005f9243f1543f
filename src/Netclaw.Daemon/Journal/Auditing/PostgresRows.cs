using System.Data;
using System.Globalization;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Postgres;
using Npgsql;

namespace Netclaw.Daemon.Journal.Auditing;

/// <summary>The rows of a PostgreSQL journal, in one read-only transaction: beside a daemon that writes, and on a standby.</summary>
internal sealed class PostgresRows : IJournalRows
{
    private const string Fields = "ordering, persistence_id, sequence_number, deleted, message, coalesce(manifest, ''), coalesce(identifier, -1), created, coalesce(writer_uuid, '')";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _moment;
    private readonly string _place;

    private PostgresRows(NpgsqlConnection connection, NpgsqlTransaction moment, string place) => (_connection, _moment, _place) = (connection, moment, place);

    public IReadOnlyList<string> Notes => [];

    /// <exception cref="JournalRowsException">The server cannot be reached or does not let us read.</exception>
    public static PostgresRows Open(PostgresSettings settings)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = new NpgsqlConnection(settings.Reading.Reveal());
            connection.Open();
            var moment = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            using (var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = 0", connection, moment))
            {
                readOnly.ExecuteNonQuery();
            }

            return new PostgresRows(connection, moment, settings.Place);
        }
        catch (Exception e) when (IsOfTheDatabase(e))
        {
            connection?.Dispose();
            throw Unread(settings.Place, e);
        }
    }

    public long Last(string persistenceId) => Has("journal")
        ? Rows("SELECT coalesce(MAX(sequence_number), 0) FROM journal WHERE persistence_id = $1", static row => row.GetInt64(0), persistenceId).Single()
        : 0;

    public StoredRecord? Record(string persistenceId, long sequence) => Has("journal")
        ? Rows($"SELECT {Fields} FROM journal WHERE persistence_id = $1 AND sequence_number = $2", Record, persistenceId, sequence).FirstOrDefault()
        : null;

    public IEnumerable<StoredRecord> RecordsAfter(string persistenceId, long sequence) => Has("journal")
        ? Rows($"SELECT {Fields} FROM journal WHERE persistence_id = $1 AND sequence_number > $2 ORDER BY sequence_number", Record, persistenceId, sequence)
        : [];

    public IReadOnlyList<StoredSnapshotRecord> NewestSnapshots(int most) => Has("snapshot")
        ? [.. Rows(
            $"SELECT DISTINCT ON (persistence_id) persistence_id, sequence_number, created, substr(snapshot, 1, {most.ToString(CultureInfo.InvariantCulture)}), "
            + "coalesce(manifest, ''), coalesce(serializer_id, -1) FROM snapshot ORDER BY persistence_id, sequence_number DESC", Snapshot)]
        : [];

    public IEnumerable<StoredSnapshotRecord> Snapshots() => Has("snapshot")
        ? Rows("SELECT persistence_id, sequence_number, created, snapshot, coalesce(manifest, ''), coalesce(serializer_id, -1) FROM snapshot ORDER BY persistence_id COLLATE \"C\", sequence_number", Snapshot)
        : [];

    public IEnumerable<StoredRecord> Records() => Has("journal")
        ? Rows($"SELECT {Fields} FROM journal ORDER BY persistence_id COLLATE \"C\", sequence_number", Record)
        : [];

    public IEnumerable<StoredTag> Tags() => Has("tags")
        ? Rows("SELECT ordering_id, tag, persistence_id, sequence_nr FROM tags ORDER BY ordering_id",
            static row => new StoredTag(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3)))
        : [];

    /// <summary>The server answers for its own pages: data checksums and <c>amcheck</c> are its administrator's (docs/guides/postgresql.md).</summary>
    public string? CheckItself() => null;

    public void Dispose()
    {
        _moment.Dispose();
        _connection.Dispose();
    }

    private static StoredRecord Record(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3), row.GetFieldValue<byte[]>(4), row.GetString(5), row.GetInt32(6), row.GetInt64(7), row.GetString(8));

    private static StoredSnapshotRecord Snapshot(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? [] : row.GetFieldValue<byte[]>(3), row.GetString(4), row.GetInt32(5));

    private bool Has(string table) => Rows("SELECT to_regclass($1) IS NOT NULL", static row => row.GetBoolean(0), table).Single();

    private IEnumerable<T> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts above, and nothing else.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _moment;
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        using var rows = Tried(() => command.ExecuteReader());
        while (Tried(rows.Read))
        {
            yield return Tried(() => read(rows));
        }
    }

    private T Tried<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (IsOfTheDatabase(e))
        {
            throw Unread(_place, e);
        }
    }

    private static JournalRowsException Unread(string place, Exception e) => e is NpgsqlException { IsTransient: true } or TimeoutException or IOException or System.Net.Sockets.SocketException
        ? new JournalRowsException($"{place} does not answer: {e.Message}", e) { IsAway = true }
        : new JournalRowsException($"{place}: {e.Message}", e);

    private static bool IsOfTheDatabase(Exception e) =>
        e is NpgsqlException or IOException or TimeoutException or InvalidOperationException or InvalidCastException or System.Net.Sockets.SocketException;
}
