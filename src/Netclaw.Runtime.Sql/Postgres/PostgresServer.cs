using System.Diagnostics.CodeAnalysis;
using Netclaw.Runtime.Sql.Store;
using Npgsql;

namespace Netclaw.Runtime.Sql.Postgres;

/// <summary>How one journal or snapshot store reaches its PostgreSQL database.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    public PostgresServer(string connectionString, string? schema, IStoreFaults? faults)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 16;
            settings.AutoPrepareMinUsages = 2;
        }

        Name = $"PostgreSQL {settings.Host}:{settings.Port}/{settings.Database}{(schema is null ? "" : $" schema {schema}")}";
        Prefix = schema is null ? string.Empty : $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\".";
        Faults = faults;
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>Names the database in messages and in the memory of failed flushes; carries no credentials.</summary>
    public string Name { get; }

    /// <summary>The quoted schema with its dot, or nothing.</summary>
    public string Prefix { get; }

    public IStoreFaults? Faults { get; }

    public async Task<NpgsqlConnection> Connect(CancellationToken cancel)
    {
        Faults?.At(StoreCall.Open);
        return await _source.OpenConnectionAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>A connection whose commits wait for the disk, whatever the server's default is.</summary>
    public async Task<NpgsqlConnection> ConnectForWriting(CancellationToken cancel)
    {
        var connection = await Connect(cancel).ConfigureAwait(false);
        await Execute(connection, "SET synchronous_commit = on", cancel).ConfigureAwait(false);
        return connection;
    }

    public async Task CreateTables(string ddl, CancellationToken cancel)
    {
        await using var connection = await Connect(cancel).ConfigureAwait(false);
        await Execute(connection, ddl, cancel).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [SuppressMessage("Security", "CA2100", Justification = "The text is ours; values are parameters and the schema is quoted.")]
    public static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
