using Akka.Actor;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Netclaw.Runtime.Sql.Postgres;
using Netclaw.Runtime.Sql.Sqlite;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Plugin;

/// <summary>Opens the store that settings describe.</summary>
internal static class SqlStores
{
    public static async Task<IEventStore> OpenEvents(SqlPluginSettings settings, IStoreFaults? faults, CancellationToken cancel)
    {
        if (settings.Provider == SqlProvider.Sqlite)
        {
            return new SqliteEventStore(OpenFile(settings, SqliteTables.Journal, faults));
        }

        var server = await OpenServer(settings, PostgresTables.Journal, faults, cancel).ConfigureAwait(false);
        return new PostgresEventStore(server, TimeProvider.System);
    }

    public static async Task<ISnapshotTable> OpenSnapshots(SqlPluginSettings settings, IStoreFaults? faults, CancellationToken cancel)
    {
        if (settings.Provider == SqlProvider.Sqlite)
        {
            return new SqliteSnapshotTable(OpenFile(settings, SqliteTables.Snapshot, faults));
        }

        return new PostgresSnapshotTable(await OpenServer(settings, PostgresTables.Snapshot, faults, cancel).ConfigureAwait(false));
    }

    private static SqliteFile OpenFile(SqlPluginSettings settings, string tables, IStoreFaults? faults)
    {
        var connection = new SqliteConnectionStringBuilder(settings.ConnectionString);
        if (connection.Mode == SqliteOpenMode.Memory || connection.DataSource.Length == 0 || connection.DataSource == ":memory:" || connection.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            throw new ConfigurationException($"SQLite persistence needs a file, and '{settings.ConnectionString}' names none. Set \"Data Source=/path/to/journal.db\", or use the in-memory journal.");
        }

        return SqliteFile.Open(
            connection.DataSource, TimeSpan.FromSeconds(connection.DefaultTimeout), settings.AutoInitialize ? tables : null, faults);
    }

    private static async Task<PostgresServer> OpenServer(
        SqlPluginSettings settings, Func<string, string> tables, IStoreFaults? faults, CancellationToken cancel)
    {
        var server = new PostgresServer(settings.ConnectionString, settings.Schema, faults);
        try
        {
            if (settings.AutoInitialize)
            {
                await server.CreateTables(tables(server.Prefix), cancel).ConfigureAwait(false);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
