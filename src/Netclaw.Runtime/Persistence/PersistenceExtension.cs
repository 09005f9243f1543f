using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;

namespace Akka.Persistence;

/// <summary>The journals and snapshot stores of an actor system, opened when the first actor needs them, closed when the system ends.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public class PersistenceExtension : IExtension
{
    private const string DefaultStash = "akka.actor.default-mailbox.stash-capacity";

    private readonly ConcurrentDictionary<string, Lazy<EventJournal>> _journals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<SnapshotPlugin>> _snapshots = new(StringComparer.Ordinal);
    private readonly Lazy<IStashOverflowStrategy> _overflow;

    /// <summary>Made by <see cref="Persistence"/>.</summary>
    public PersistenceExtension(ExtendedActorSystem system)
    {
        System = system;
        Config = system.Settings.Config.WithFallback(Persistence.DefaultConfig());
        StashCapacity = Config.GetInt(DefaultStash, -1);
        RecoveryPermits = new SemaphoreSlim(Config.GetInt("akka.persistence.max-concurrent-recoveries", 50));
        RecoveryEventTimeout = Config.GetTimeSpan("akka.persistence.journal-plugin-fallback.recovery-event-timeout", TimeSpan.FromSeconds(30));
        _overflow = new(() => PluginTypes.Create<IStashOverflowStrategyConfigurator>(
            Config.GetString("akka.persistence.internal-stash-overflow-strategy")!, "akka.persistence.internal-stash-overflow-strategy").Create(Config));
        system.RegisterOnTermination(Close);
    }

    /// <summary>For commands that wait too many.</summary>
    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy => _overflow.Value;

    internal ExtendedActorSystem System { get; }

    internal Config Config { get; }

    internal int StashCapacity { get; }

    internal SemaphoreSlim RecoveryPermits { get; }

    internal TimeSpan RecoveryEventTimeout { get; }

    /// <summary>The persistence id under which an actor would store events if it were persistent.</summary>
    public string PersistenceId(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    /// <param name="pluginId">A configuration path, or nothing for the default.</param>
    /// <exception cref="ConfigurationException">There is no such plugin.</exception>
    internal EventJournal Journal(string? pluginId)
    {
        var path = string.IsNullOrEmpty(pluginId) ? Config.GetString("akka.persistence.journal.plugin")! : pluginId;
        return _journals.GetOrAdd(path, at => new(() => Create<EventJournal>(at))).Value;
    }

    /// <inheritdoc cref="Journal"/>
    internal SnapshotPlugin Snapshots(string? pluginId)
    {
        var path = string.IsNullOrEmpty(pluginId) ? Config.GetString("akka.persistence.snapshot-store.plugin") : pluginId;
        path = string.IsNullOrEmpty(path) ? "akka.persistence.no-snapshot-store" : path;
        return _snapshots.GetOrAdd(path, at => new(() => Create<SnapshotPlugin>(at))).Value;
    }

    private TPlugin Create<TPlugin>(string path)
        where TPlugin : class
    {
        var config = Config.GetConfig(path);
        var type = config.GetString("class");
        return string.IsNullOrEmpty(type)
            ? throw new ConfigurationException($"The persistence plugin '{path}' is not configured: {path}.class is missing.")
            : PluginTypes.Create<TPlugin>(type, path + ".class", System, config);
    }

    private void Close()
    {
        foreach (var journal in _journals.Values.Where(each => each.IsValueCreated))
        {
            journal.Value.Close();
        }

        foreach (var store in _snapshots.Values.Where(each => each.IsValueCreated))
        {
            store.Value.Close();
        }
    }
}
