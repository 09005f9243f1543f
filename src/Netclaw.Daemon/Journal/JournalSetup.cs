using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Hosting;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Postgres;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Journal;

/// <summary>Where events and snapshots go. SQLite: two files, because snapshots can be rebuilt. PostgreSQL: one database.</summary>
internal static class JournalSetup
{
    private const string PostgresProviderName = "PostgreSQL.15";

    private const string SqliteProviderName = "SQLite.MS";

    public static AkkaConfigurationBuilder WithNetclawJournal(this AkkaConfigurationBuilder builder, NetclawHome home, PostgresSettings? postgres)
    {
        builder = builder.WithCustomSerializer("netclaw", [typeof(JournalRecord)], system => new NetclawSerializer(system));
        return postgres is not null
            ? builder.WithSqlPersistence(postgres.Journal.Reveal(), PostgresProviderName)
            : builder
                .WithSqlPersistence($"Data Source={home.JournalDatabase}", SqliteProviderName, PersistenceMode.Journal)
                .WithSqlPersistence($"Data Source={home.SnapshotDatabase}", SqliteProviderName, PersistenceMode.SnapshotStore);
    }

    /// <summary>Their first starts; <see cref="PersistentActor.All"/> says how they are started again.</summary>
    public static JournaledActors Actors { get; } = new()
    {
        Registry = (system, services) => StartRegistry(system, services, "registry"),
        Queues = (system, services) => StartQueues(system, services, "node-queues"),
        Conversations = (system, services) => StartConversations(system, services, "conversations"),
        Runs = (system, services) => StartRuns(system, services, "runs"),
        Cron = (system, services) => StartCron(system, services, "cron"),
    };

    public static IActorRef StartConversations(ActorSystem system, IDependencyResolver services, string name) => Idle(system, services, name) ?? system.ActorOf(
        ConversationsActor.Props(new ConversationParts
        {
            Journal = Parts(services),
            View = Required<ConversationsView>(services),
            News = Required<ConversationNews>(services),
            Turns = Required<TurnBoard>(services),
            Agents = Required<IAgents>(services),
            Tools = Required<IAgentTools>(services),
            Pace = Required<ConversationPace>(services),
            Log = Required<ILoggerFactory>(services).CreateLogger("Netclaw.Conversations"),
        }),
        name);

    public static IActorRef StartQueues(ActorSystem system, IDependencyResolver services, string name) =>
        Idle(system, services, name) ?? system.ActorOf(NodeQueuesActor.Props(Parts(services), Required<ILoggerFactory>(services).CreateLogger("Netclaw.Queues")), name);

    public static IActorRef StartRuns(ActorSystem system, IDependencyResolver services, string name) => Idle(system, services, name) ?? system.ActorOf(
        RunsActor.Props(new SpawnParts
        {
            Journal = Parts(services),
            Options = Required<SpawnLimits>(services),
            Programs = Required<IChildPrograms>(services),
            Credentials = Required<SpawnCredentials>(services),
            Place = Required<ISpawnPlace>(services),
            Conversations = ActorRegistry.For(system).Get<ConversationsKey>,
            Live = Required<LiveSessions>(services),
            Log = Required<ILoggerFactory>(services).CreateLogger("Netclaw.Runs"),
        }),
        name);

    public static IActorRef StartCron(ActorSystem system, IDependencyResolver services, string name) =>
        Idle(system, services, name) ?? system.ActorOf(CronActor.Props(CronStart.Parts(services, Parts(services), () => ActorRegistry.For(system).Get<ConversationsKey>())), name);

    public static IActorRef StartRegistry(ActorSystem system, IDependencyResolver services, string name) =>
        StartRegistry(system, services, name, Posture.Of(Required<TrustOptions>(services)));

    /// <param name="posture">Null where nobody is served: nothing is compared, nothing noted.</param>
    public static IActorRef StartRegistry(ActorSystem system, IDependencyResolver services, string name, Posture? posture) => system.ActorOf(
        DeviceRegistryActor.Props(new RegistryParts
        {
            Journal = Parts(services),
            View = Required<RegistryView>(services),
            Live = Required<LiveSessions>(services),
            Rules = Required<RegistryRules>(services),
            Posture = posture,
            Log = Required<ILoggerFactory>(services).CreateLogger("Netclaw.Registry"),
            Options = services.GetService<RegistryOptions>() ?? new RegistryOptions(),
        }),
        name);

    /// <returns>Null when the journal failed before it could be answered; <see cref="JournalHealth.Failure"/> says how.</returns>
    public static async Task<RegistryReply?> AskUnlessFailedAsync(this IActorRef registry, RegistryCommand command, JournalHealth health)
    {
        var answer = registry.Ask<RegistryReply>(command, Timeout.InfiniteTimeSpan);
        return await Task.WhenAny(answer, health.Failed).ConfigureAwait(false) == answer ? await answer.ConfigureAwait(false) : null;
    }

    /// <summary>
    /// In a trial, in place of whoever would do the gateway's work: a job that is overdue, a run or a turn that was cut off is for the daemon that stays, and not for one that
    /// is ended in the middle of it a moment later. Who may come in is all that a trial is for, and that is the registry's.
    /// </summary>
    /// <returns>Null: this is no trial.</returns>
    private static IActorRef? Idle(ActorSystem system, IDependencyResolver services, string name) =>
        services.GetService<PreparedHome>() is { IsTrial: true } ? system.ActorOf(Props.Empty, name) : null;

    private static JournalParts Parts(IDependencyResolver services) => new()
    {
        Keys = Required<JournalKeys>(services),
        Health = Required<JournalHealth>(services),
        Time = Required<TimeProvider>(services),
        Probe = Required<IDurabilityProbe>(services),
    };

    private static T Required<T>(IDependencyResolver services) where T : class =>
        services.GetService<T>() ?? throw new InvalidOperationException($"the host registered no {typeof(T).Name}");
}
