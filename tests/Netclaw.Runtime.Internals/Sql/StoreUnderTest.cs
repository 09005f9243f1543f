using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Netclaw.Runtime.Contract.Persistence;
using Netclaw.Runtime.Sql.Postgres;
using Netclaw.Runtime.Sql.Sqlite;
using Netclaw.Runtime.Sql.Store;
using Npgsql;

namespace Netclaw.Runtime.Internals.Sql;

/// <summary>A store with a fresh database of its own, which can be closed and opened again.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(100);

    private readonly string _directory = Directory.CreateTempSubdirectory("ncstore").FullName;
    private PostgresCluster? _cluster;
    private string? _schema;

    private StoreUnderTest()
    {
    }

    public IEventStore Events { get; private set; } = null!;

    public ISnapshotTable Snapshots { get; private set; } = null!;

    public string SqlitePath => Path.Combine(_directory, "journal.db");

    private string Prefix => _schema is null ? string.Empty : _schema + ".";

    public static TheoryData<string> Kinds { get; } =
        PostgresCluster.Missing is null ? ["sqlite", "postgres"] : ["sqlite"];

    public static async Task<StoreUnderTest> Create(string kind, IStoreFaults? faults = null)
    {
        var store = new StoreUnderTest();
        if (kind == "postgres")
        {
            store._cluster = await PostgresCluster.Shared();
            store._schema = await store._cluster.NewSchema();
        }

        await store.Open(faults);
        return store;
    }

    public async Task Open(IStoreFaults? faults = null)
    {
        if (_cluster is null)
        {
            Events = new SqliteEventStore(SqliteFile.Open(SqlitePath, Busy, SqliteTables.Journal, faults));
            Snapshots = new SqliteSnapshotTable(
                SqliteFile.Open(Path.Combine(_directory, "snapshot.db"), Busy, SqliteTables.Snapshot, faults));
            return;
        }

        var server = new PostgresServer(_cluster.ConnectionString, _schema, faults);
        await server.CreateTables(PostgresTables.Journal(server.Prefix) + PostgresTables.Snapshot(server.Prefix), CancellationToken.None);
        Events = new PostgresEventStore(server, TimeProvider.System);
        Snapshots = new PostgresSnapshotTable(new PostgresServer(_cluster.ConnectionString, _schema, faults));
    }

    public async Task Close()
    {
        foreach (var part in new object[] { Events, Snapshots })
        {
            if (part is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                ((IDisposable)part).Dispose();
            }
        }
    }

    /// <summary>Rows of the tags table whose ordering is that of the event they name.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The test's own words.")]
    public async Task<long> CountTags(string persistenceId, long sequenceNr)
    {
        var sql = $"SELECT COUNT(*) FROM {Prefix}tags t JOIN {Prefix}journal j ON j.ordering = t.ordering_id "
            + $"WHERE j.persistence_id = '{persistenceId}' AND j.sequence_number = {sequenceNr} AND t.sequence_nr = {sequenceNr} AND t.persistence_id = '{persistenceId}'";
        await using DbConnection connection = _cluster is null
            ? new SqliteConnection($"Data Source={SqlitePath};Pooling=False")
            : new NpgsqlConnection(_cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        Directory.Delete(_directory, recursive: true);
    }
}
