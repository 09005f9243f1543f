using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Config;

namespace Akka.Persistence.Sql.Hosting;

/// <summary>Registers SQL journals and snapshot stores. The tables are Akka.Persistence.Sql's default mapping, tags in their own table.</summary>
/// <remarks>Akka.NET documentation, "Akka.Persistence.Sql".</remarks>
public static class HostingExtensions
{
    /// <summary>
    /// Journal, snapshot store or both in one database. For separate databases call it once per <paramref name="mode"/>.
    /// </summary>
    /// <param name="connectionString">An ADO.NET connection string; SQLite needs a file.</param>
    /// <param name="providerName"><c>"SQLite.MS"</c> or <c>"PostgreSQL.15"</c>.</param>
    /// <param name="mode">What to register.</param>
    /// <param name="schemaName">PostgreSQL's schema; null is the connection's default.</param>
    /// <param name="journalBuilder">Called with the journal's builder.</param>
    /// <param name="autoInitialize">Create tables that are missing.</param>
    /// <param name="pluginIdentifier">The last part of the plugin's path.</param>
    /// <param name="isDefaultPlugin">Whether actors that name no plugin use it.</param>
    /// <param name="databaseMapping">Null or Default.</param>
    /// <param name="tagStorageMode">Null or TagTable.</param>
    /// <param name="deleteCompatibilityMode">Null or false.</param>
    /// <param name="useWriterUuidColumn">Null or true.</param>
    /// <param name="maxConcurrentQueries">For queries, which this runtime does not have; ignored.</param>
    /// <exception cref="NotSupportedException">An option asks for other tables than the default ones.</exception>
    public static AkkaConfigurationBuilder WithSqlPersistence(
        this AkkaConfigurationBuilder builder,
        string connectionString,
        string providerName,
        PersistenceMode mode = PersistenceMode.Both,
        string? schemaName = null,
        Action<AkkaPersistenceJournalBuilder>? journalBuilder = null,
        bool autoInitialize = true,
        string pluginIdentifier = "sql",
        bool isDefaultPlugin = true,
        DatabaseMapping? databaseMapping = null,
        TagMode? tagStorageMode = null,
        bool? deleteCompatibilityMode = null,
        bool? useWriterUuidColumn = null,
        int? maxConcurrentQueries = null)
    {
        RequireDefaultTables(databaseMapping, tagStorageMode, deleteCompatibilityMode, useWriterUuidColumn);
        var journal = new SqlJournalOptions(isDefaultPlugin, pluginIdentifier)
        {
            ConnectionString = connectionString, ProviderName = providerName, SchemaName = schemaName, AutoInitialize = autoInitialize,
        };
        journalBuilder?.Invoke(new AkkaPersistenceJournalBuilder(pluginIdentifier, builder));
        var snapshots = new SqlSnapshotOptions(isDefaultPlugin, pluginIdentifier)
        {
            ConnectionString = connectionString, ProviderName = providerName, SchemaName = schemaName, AutoInitialize = autoInitialize,
        };
        return mode switch
        {
            PersistenceMode.Journal => builder.WithSqlPersistence(journal),
            PersistenceMode.SnapshotStore => builder.WithSqlPersistence(null, snapshots),
            PersistenceMode.Both => builder.WithSqlPersistence(journal, snapshots),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such persistence mode."),
        };
    }

    /// <summary>A journal, a snapshot store, or both, each with its own database.</summary>
    /// <exception cref="ArgumentException">Neither is given.</exception>
    public static AkkaConfigurationBuilder WithSqlPersistence(
        this AkkaConfigurationBuilder builder, SqlJournalOptions? journalOptions = null, SqlSnapshotOptions? snapshotOptions = null) =>
        (journalOptions, snapshotOptions) switch
        {
            (not null, not null) => builder.WithJournalAndSnapshot(journalOptions, snapshotOptions),
            (not null, null) => builder.WithJournal(journalOptions),
            (null, not null) => builder.WithSnapshot(snapshotOptions),
            _ => throw new ArgumentException("WithSqlPersistence needs journal options, snapshot options or both."),
        };

    /// <summary>A journal, a snapshot store, or both, each with its own database.</summary>
    /// <exception cref="ArgumentException">Neither is given.</exception>
    public static AkkaConfigurationBuilder WithSqlPersistence(
        this AkkaConfigurationBuilder builder,
        Action<SqlJournalOptions>? journalOptionConfigurator = null,
        Action<SqlSnapshotOptions>? snapshotOptionConfigurator = null,
        bool isDefaultPlugin = true) =>
        builder.WithSqlPersistence(
            Configured(journalOptionConfigurator, new SqlJournalOptions(isDefaultPlugin)),
            Configured(snapshotOptionConfigurator, new SqlSnapshotOptions(isDefaultPlugin)));

    private static TOptions? Configured<TOptions>(Action<TOptions>? configure, TOptions options)
        where TOptions : class
    {
        configure?.Invoke(options);
        return configure is null ? null : options;
    }

    private static void RequireDefaultTables(DatabaseMapping? mapping, TagMode? tags, bool? deleteCompatibility, bool? writerUuid)
    {
        if (mapping is not (null or DatabaseMapping.Default)
            || tags is not (null or TagMode.TagTable)
            || deleteCompatibility is true
            || writerUuid is false)
        {
            throw new NotSupportedException("This runtime has Akka.Persistence.Sql's default tables only: default mapping, tag table, writer uuid, no delete compatibility.");
        }
    }
}
