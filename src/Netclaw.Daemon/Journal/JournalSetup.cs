using Akka.DependencyInjection;
using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Hosting;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Journal;

/// <summary>The journal on SQLite: events in one file, snapshots, which can be rebuilt, in another.</summary>
internal static class JournalSetup
{
    public const string ProviderName = "SQLite";

    private const string SqliteProviderName = "SQLite.MS";

    public static AkkaConfigurationBuilder WithNetclawJournal(this AkkaConfigurationBuilder builder, NetclawHome home) => builder
        .WithCustomSerializer("netclaw", [typeof(JournalRecord)], system => new NetclawSerializer(system))
        .WithSqlPersistence($"Data Source={home.JournalDatabase}", SqliteProviderName, PersistenceMode.Journal)
        .WithSqlPersistence($"Data Source={home.SnapshotDatabase}", SqliteProviderName, PersistenceMode.SnapshotStore);

    public static RegistryStarter Registry { get; } = (system, services) => system.ActorOf(
        DeviceRegistryActor.Props(new RegistryParts
        {
            Journal = new JournalParts
            {
                Keys = Required<JournalKeys>(services),
                Health = Required<JournalHealth>(services),
                Time = Required<TimeProvider>(services),
                Probe = Required<IDurabilityProbe>(services),
            },
            View = Required<RegistryView>(services),
            Live = Required<LiveSessions>(services),
            Log = Required<ILoggerFactory>(services).CreateLogger("Netclaw.Registry"),
        }),
        "registry");

    private static T Required<T>(IDependencyResolver services) where T : class =>
        services.GetService<T>() ?? throw new InvalidOperationException($"the host registered no {typeof(T).Name}");
}
