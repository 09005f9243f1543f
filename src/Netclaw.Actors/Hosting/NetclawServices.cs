using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Approvals;
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
using Netclaw.Actors.Trust.Secrets;

namespace Netclaw.Actors.Hosting;

/// <summary>
/// What the actors bring themselves. The host adds what only it knows: <see cref="GatewayIdentity"/>, <see cref="Trust.TrustOptions"/>,
/// <see cref="SecretSealer"/>, <see cref="IDaemonFacts"/>, <see cref="IEndpointNames"/>, <see cref="IQrDrawing"/>, <see cref="IDaemonControl"/>, <see cref="IAuditLog"/>, <see cref="ISpawnPlace"/>, <see cref="IChildPrograms"/>.
/// </summary>
public static class NetclawServices
{
    public static IServiceCollection AddNetclawActorServices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(MethodCatalogue.Default);
        services.TryAddSingleton<RegistryView>();
        services.TryAddSingleton<RegistryRules>(DeviceDecider.Decide);
        services.TryAddSingleton<JournalHealth>();
        services.TryAddSingleton<LiveSessions>();
        services.TryAddSingleton<Bulletin>();
        services.TryAddSingleton(CommandPolicy.Default);
        services.TryAddSingleton<NodeDirectory>();
        services.TryAddSingleton<NodeTelemetry>();
        services.TryAddSingleton<CronView>();
        services.TryAddSingleton<IWebhooks, NoWebhooks>();
        services.TryAddSingleton<IChildPrograms, NoChildPrograms>();
        services.TryAddSingleton<AuditTrail>();
        services.TryAddSingleton<ProxyProbes>();
        services.TryAddSingleton(TrustPolicy.Default);
        services.TryAddSingleton<ISharedSecret, NoSharedSecret>();
        services.TryAddSingleton(new CredentialLimits());
        services.TryAddSingleton<CredentialLimiter>();
        services.TryAddSingleton<SpawnCredentials>();
        services.TryAddSingleton<IAssertionVerifier, NoAssertions>();
        services.TryAddSingleton<ICredentialChecker, CredentialChecker>();
        services.TryAddSingleton<ILocalAccess, NoLocalAccess>();
        services.TryAddSingleton<IGatewayReading, NoGatewayReading>();
        services.TryAddSingleton<ConversationsView>();
        services.TryAddSingleton<Followers>();
        services.TryAddSingleton<ConversationNews>();
        services.TryAddSingleton<TurnBoard>();
        services.TryAddSingleton(ConversationPace.Default);
        services.TryAddSingleton<IAgents, NoAgents>();
        services.TryAddSingleton<InsideCalls>();
        services.TryAddSingleton<IInsideCalls>(provider => provider.GetRequiredService<InsideCalls>());
        services.TryAddSingleton(provider => new ApprovalDesk(provider.GetRequiredService<IReadOnlyActorRegistry>().Get<ApprovalsHandler>));
        services.TryAddSingleton<IAgentApprovals, OperatorApprovals>();
        services.TryAddSingleton<IAgentTools, GatewayTools>();
        services.TryAddSingleton<ToolLoans>();
        services.TryAddSingleton(new SpawnLimits());
        services.TryAddSingleton<NetclawMetrics>();
        services.TryAddSingleton(new SessionOptions());
        services.TryAddSingleton(new PairingOptions());
        return services;
    }
}
