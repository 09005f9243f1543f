using System.Collections.Frozen;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Netclaw.Actors.Bulletins;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;

namespace Netclaw.Actors.Hosting;

/// <summary>Makes an actor that needs a journal, which the host chooses.</summary>
public delegate IActorRef JournaledStarter(ActorSystem system, IDependencyResolver services);

/// <summary>How the host starts each actor that writes to the journal.</summary>
public sealed class JournaledActors
{
    public required JournaledStarter Registry { get; init; }

    /// <summary>Of what waits for nodes.</summary>
    public required JournaledStarter Queues { get; init; }

    /// <summary>Of conversations.</summary>
    public required JournaledStarter Conversations { get; init; }

    /// <summary>Of what is started on this machine.</summary>
    public required JournaledStarter Runs { get; init; }

    /// <summary>Of scheduled jobs.</summary>
    public required JournaledStarter Cron { get; init; }
}

/// <summary>Key of the registry's actor in the <see cref="IActorRegistry"/>; it takes <see cref="RegistryCommand"/>s.</summary>
public sealed class DeviceRegistryKey
{
    private DeviceRegistryKey()
    {
    }
}

/// <summary>Key of the actor of what waits for nodes in the <see cref="IActorRegistry"/>; it takes <see cref="QueueCommand"/>s.</summary>
public sealed class NodeQueuesKey
{
    private NodeQueuesKey()
    {
    }
}

/// <summary>Key of the actor of conversations in the <see cref="IActorRegistry"/>; it takes <see cref="ConversationCommand"/>s.</summary>
public sealed class ConversationsKey
{
    private ConversationsKey()
    {
    }
}

/// <summary>Key of the actor of runs in the <see cref="IActorRegistry"/>; it takes <see cref="RunCommand"/>s.</summary>
public sealed class RunsKey
{
    private RunsKey()
    {
    }
}

/// <summary>Key of the actor of scheduled jobs in the <see cref="IActorRegistry"/>; it takes <see cref="CronCommand"/>s.</summary>
public sealed class CronKey
{
    private CronKey()
    {
    }
}

/// <summary>The actors of the gateway, in the order in which they start: each knows only those above it.</summary>
public static class NetclawActors
{
    public static AkkaConfigurationBuilder AddNetclawActors(this AkkaConfigurationBuilder builder, JournaledActors journaled) => builder
        .WithActors((system, actors, services) => actors.Register<DeviceRegistryKey>(journaled.Registry(system, services)))
        .WithActors((system, actors, services) => actors.Register<NodeQueuesKey>(journaled.Queues(system, services)))
        .WithActors((system, actors, services) => actors.Register<ConversationsKey>(journaled.Conversations(system, services)))
        .WithActors((system, actors, services) => actors.Register<RunsKey>(journaled.Runs(system, services)))
        .WithActors((system, actors, services) => actors.Register<CronKey>(journaled.Cron(system, services)))
        .WithActors(StartHandlers)
        .WithActors(StartSessions);

    private static void StartHandlers(ActorSystem system, IActorRegistry actors, IDependencyResolver services)
    {
        var parts = services.HandlerParts(actors.Get<DeviceRegistryKey>, actors.Get<NodeQueuesKey>, actors.Get<RunsKey>, actors.Get<CronKey>, actors.Get<ConversationsKey>);
        actors.Register<StatusHandler>(Guarded(HandlerKey.Status, Props.Create(() => new StatusHandler(parts))));
        actors.Register<ConnectionsHandler>(Guarded(HandlerKey.Connections, Props.Create(() => new ConnectionsHandler(parts.Live))));
        actors.Register<DevicesHandler>(Guarded(HandlerKey.Devices, Props.Create(() => new DevicesHandler(parts))));
        actors.Register<NodesHandler>(Guarded(HandlerKey.Nodes, Props.Create(() => new NodesHandler(parts))));
        actors.Register<DaemonHandler>(Guarded(HandlerKey.Daemon, Props.Create(() => new DaemonHandler(parts))));
        var bulletin = services.Bulletin();
        system.ActorOf(Props.Create(() => new BulletinActor(parts, bulletin)), "bulletin");
        var (probes, trust, policy) = services.ProbeParts();
        actors.Register<ProbeHandler>(Guarded(HandlerKey.Probes, Props.Create(() => new ProbeHandler(parts, probes, trust, policy))));
        var access = services.LocalAccess();
        actors.Register<RecoveryHandler>(Guarded(HandlerKey.Recovery, Props.Create(() => new RecoveryHandler(parts, access))));
        actors.Register<InvokesHandler>(Guarded(HandlerKey.Invokes, Props.Create(() => new InvokesHandler(parts))));
        actors.Register<NodeReportsHandler>(Guarded(HandlerKey.NodeReports, Props.Create(() => new NodeReportsHandler(parts))));
        actors.Register<NodeQueuesHandler>(Guarded(HandlerKey.NodeQueues, Props.Create(() => new NodeQueuesHandler(parts))));
        actors.Register<ApprovalsHandler>(Guarded(HandlerKey.Approvals, Props.Create(() => new ApprovalsHandler(parts))));

        var (reading, agents) = (services.Reading(), services.Agents());
        actors.Register<ReadingHandler>(Guarded(HandlerKey.Reading, Props.Create(() => new ReadingHandler(reading, agents))));
        var talk = services.ConversationAccess(actors.Get<ConversationsKey>);
        actors.Register<ConversationsHandler>(Guarded(HandlerKey.Conversations, Props.Create(() => new ConversationsHandler(parts, talk))));
        var loans = services.ToolLoans();
        actors.Register<AgentToolsHandler>(Guarded(HandlerKey.AgentTools, Props.Create(() => new AgentToolsHandler(loans))));
        actors.Register<RunsHandler>(Guarded(HandlerKey.Runs, Props.Create(() => new RunsHandler(parts))));
        actors.Register<CronHandler>(Guarded(HandlerKey.Cron, Props.Create(() => new CronHandler(parts))));

        IActorRef Guarded(HandlerKey key, Props handler) => system.ActorOf(
            HandlerGuardian.Props(key, handler, parts.Time, parts.Log), $"handler-{key.ToString().ToLowerInvariant()}");
    }

    private static void StartSessions(ActorSystem system, IActorRegistry actors, IDependencyResolver services)
    {
        var handlers = new Dictionary<HandlerKey, IActorRef>
        {
            [HandlerKey.Status] = actors.Get<StatusHandler>(),
            [HandlerKey.Connections] = actors.Get<ConnectionsHandler>(),
            [HandlerKey.Devices] = actors.Get<DevicesHandler>(),
            [HandlerKey.Daemon] = actors.Get<DaemonHandler>(),
            [HandlerKey.Probes] = actors.Get<ProbeHandler>(),
            [HandlerKey.Recovery] = actors.Get<RecoveryHandler>(),
            [HandlerKey.Nodes] = actors.Get<NodesHandler>(),
            [HandlerKey.Invokes] = actors.Get<InvokesHandler>(),
            [HandlerKey.NodeReports] = actors.Get<NodeReportsHandler>(),
            [HandlerKey.NodeQueues] = actors.Get<NodeQueuesHandler>(),
            [HandlerKey.Reading] = actors.Get<ReadingHandler>(),
            [HandlerKey.Approvals] = actors.Get<ApprovalsHandler>(),
            [HandlerKey.Conversations] = actors.Get<ConversationsHandler>(),
            [HandlerKey.AgentTools] = actors.Get<AgentToolsHandler>(),
            [HandlerKey.Runs] = actors.Get<RunsHandler>(),
            [HandlerKey.Cron] = actors.Get<CronHandler>(),
        };
        var parts = services.SessionParts(actors.Get<DeviceRegistryKey>, handlers.ToFrozenDictionary());
        services.InsideCalls().Started(system.ActorOf(Props.Create(() => new InsideCallsActor(parts.Methods, parts.Handlers, parts.Time)), "inside"));
        actors.Register<SessionSupervisor>(system.ActorOf(SessionSupervisor.Props(parts), "sessions"));
    }
}
