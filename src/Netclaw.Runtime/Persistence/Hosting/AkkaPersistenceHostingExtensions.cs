using Akka.Configuration;
using Akka.Hosting;

namespace Akka.Persistence.Hosting;

/// <summary>Registers journals and snapshot stores.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public static class AkkaPersistenceHostingExtensions
{
    /// <summary>The in-memory journal as the default one.</summary>
    public static AkkaConfigurationBuilder WithInMemoryJournal(this AkkaConfigurationBuilder builder) =>
        builder.WithInMemoryJournal(static _ => { });

    /// <summary>An in-memory journal at <c>akka.persistence.journal.(journalId)</c>.</summary>
    public static AkkaConfigurationBuilder WithInMemoryJournal(
        this AkkaConfigurationBuilder builder, Action<AkkaPersistenceJournalBuilder> journalBuilder, string journalId = "inmem", bool isDefaultPlugin = true)
    {
        journalBuilder(new AkkaPersistenceJournalBuilder(journalId, builder));
        return builder.WithPlugin("journal", journalId, "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence", isDefaultPlugin);
    }

    /// <summary>An in-memory snapshot store at <c>akka.persistence.snapshot-store.(snapshotStoreId)</c>.</summary>
    public static AkkaConfigurationBuilder WithInMemorySnapshotStore(
        this AkkaConfigurationBuilder builder, string snapshotStoreId = "inmem", bool isDefaultPlugin = true) =>
        builder.WithPlugin("snapshot-store", snapshotStoreId, "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence", isDefaultPlugin);

    /// <summary>Adds a journal plugin by its options.</summary>
    public static AkkaConfigurationBuilder WithJournal(this AkkaConfigurationBuilder builder, JournalOptions journalOptions) =>
        builder.AddHocon(journalOptions.ToConfig(), HoconAddMode.Prepend).AddHocon(journalOptions.DefaultConfig, HoconAddMode.Append);

    /// <summary>Adds a snapshot plugin by its options.</summary>
    public static AkkaConfigurationBuilder WithSnapshot(this AkkaConfigurationBuilder builder, SnapshotOptions snapshotOptions) =>
        builder.AddHocon(snapshotOptions.ToConfig(), HoconAddMode.Prepend).AddHocon(snapshotOptions.DefaultConfig, HoconAddMode.Append);

    /// <summary>Adds both.</summary>
    public static AkkaConfigurationBuilder WithJournalAndSnapshot(
        this AkkaConfigurationBuilder builder, JournalOptions journalOptions, SnapshotOptions snapshotOptions) =>
        builder.WithJournal(journalOptions).WithSnapshot(snapshotOptions);

    private static AkkaConfigurationBuilder WithPlugin(
        this AkkaConfigurationBuilder builder, string kind, string identifier, string type, bool isDefault)
    {
        var path = $"akka.persistence.{kind}.{identifier}";
        var chosen = isDefault ? $"akka.persistence.{kind}.plugin = \"{path}\"" : string.Empty;
        return builder.AddHocon(ConfigurationFactory.ParseString($"{path}.class = \"{type}\"\n{chosen}"), HoconAddMode.Prepend);
    }
}
