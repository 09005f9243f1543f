using System.Collections.Frozen;
using Akka.Actor;
using Akka.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Bulletins;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Probing;
using Netclaw.Actors.Recovery;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust;

namespace Netclaw.Actors.Hosting;

/// <summary>Gathers what the actors share from the host's services. A missing service or an invalid option ends the start, named.</summary>
internal static class NetclawParts
{
    public static HandlerParts HandlerParts(
        this IDependencyResolver services, Func<IActorRef> registry, Func<IActorRef> queues, Func<IActorRef> runs, Func<IActorRef> cron, Func<IActorRef> conversations) => new()
    {
        Gateway = services.Required<GatewayIdentity>(),
        Daemon = services.Required<IDaemonFacts>(),
        Endpoints = services.Required<IEndpointNames>(),
        Qr = services.Required<IQrDrawing>(),
        Control = services.Required<IDaemonControl>(),
        View = services.Required<RegistryView>(),
        Registry = registry,
        Health = services.Required<JournalHealth>(),
        Live = services.Required<LiveSessions>(),
        Nodes = services.Required<NodeDirectory>(),
        Telemetry = services.Required<NodeTelemetry>(),
        Queues = queues,
        Runs = runs,
        Spawning = services.Required<SpawnLimits>(),
        Place = services.Required<ISpawnPlace>(),
        Cron = cron,
        Jobs = services.Required<CronView>(),
        Conversations = conversations,
        Agents = () => services.Required<IAgents>().All,
        Sealer = services.Required<SecretSealer>(),
        Trust = services.Valid(new TrustOptionsValidator()),
        Pairing = services.Valid(new PairingOptionsValidator()),
        Audit = services.Required<AuditTrail>(),
        Metrics = services.Required<NetclawMetrics>(),
        Time = services.Required<TimeProvider>(),
        Log = services.Required<ILoggerFactory>().CreateLogger("Netclaw.Methods"),
    };

    public static SessionParts SessionParts(this IDependencyResolver services, Func<IActorRef> registry, FrozenDictionary<HandlerKey, IActorRef> handlers) => new()
    {
        Gateway = services.Required<GatewayIdentity>(),
        Methods = services.Required<MethodCatalogue>(),
        Trust = services.Valid(new TrustOptionsValidator()),
        Policy = services.Required<TrustPolicy>(),
        Credentials = services.Required<ICredentialChecker>(),
        Options = services.Valid(new SessionOptionsValidator()),
        View = services.Required<RegistryView>(),
        Registry = registry,
        Handlers = handlers,
        Live = services.Required<LiveSessions>(),
        Bulletin = services.Bulletin(),
        Sealer = services.Required<SecretSealer>(),
        Audit = services.Required<AuditTrail>(),
        Metrics = services.Required<NetclawMetrics>(),
        Time = services.Required<TimeProvider>(),
        Log = services.Required<ILoggerFactory>().CreateLogger("Netclaw.Sessions"),
    };

    public static ConversationAccess ConversationAccess(this IDependencyResolver services, Func<IActorRef> conversations) => new()
    {
        Actor = conversations,
        View = services.Required<ConversationsView>(),
        Followers = services.Required<Followers>(),
        Turns = services.Required<TurnBoard>(),
        Agents = services.Required<IAgents>(),
    };

    public static InsideCalls InsideCalls(this IDependencyResolver services) => services.Required<InsideCalls>();

    public static Bulletin Bulletin(this IDependencyResolver services) => services.Required<Bulletin>();

    public static (ProxyProbes Probes, TrustOptions Trust, TrustPolicy Policy) ProbeParts(this IDependencyResolver services) =>
        (services.Required<ProxyProbes>(), services.Valid(new TrustOptionsValidator()), services.Required<TrustPolicy>());

    public static ILocalAccess LocalAccess(this IDependencyResolver services) => services.Required<ILocalAccess>();

    public static IAgents Agents(this IDependencyResolver services) => services.Required<IAgents>();

    public static ToolLoans ToolLoans(this IDependencyResolver services) => services.Required<ToolLoans>();

    public static IGatewayReading Reading(this IDependencyResolver services) => services.Required<IGatewayReading>();

    private static T Required<T>(this IDependencyResolver services) where T : class =>
        services.GetService<T>() ?? throw new InvalidOperationException($"the host registered no {typeof(T).Name}");

    private static T Valid<T>(this IDependencyResolver services, IValidateOptions<T> validator) where T : class
    {
        var options = services.Required<T>();
        var result = validator.Validate(null, options);
        return result.Failed ? throw new OptionsValidationException(typeof(T).Name, typeof(T), result.Failures) : options;
    }
}
