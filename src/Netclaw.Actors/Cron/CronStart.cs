using Akka.Actor;
using Akka.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Gathers what scheduled jobs stand on from the host's services.</summary>
public static class CronStart
{
    /// <param name="conversations">Their actor of the moment.</param>
    public static CronParts Parts(IDependencyResolver services, JournalParts journal, Func<IActorRef> conversations)
    {
        var agents = Required<IAgents>(services);
        var view = Required<RegistryView>(services);
        return new CronParts
        {
            Journal = journal,
            View = Required<CronView>(services),
            Live = Required<LiveSessions>(services),
            Programs = Required<IChildPrograms>(services),
            Webhooks = Required<IWebhooks>(services),
            Conversations = conversations,
            IsReady = () => view.Current is not null,
            Allowed = owner => Allowed(owner, view.Current),
            Credentials = Required<SpawnCredentials>(services),
            Place = Required<ISpawnPlace>(services),
            RunAs = Required<SpawnLimits>(services).RunAs,
            DefaultAgent = () => KeyReading.DefaultOf(agents.All),
            Log = Required<ILoggerFactory>(services).CreateLogger("Netclaw.Cron"),
        };
    }

    /// <summary>What they might when they added the job and still may; null: they are no device of this gateway any more.</summary>
    public static ScopeSet? Allowed(CronOwner owner, RegistrySnapshot? devices) => owner.Device is not { } id ? owner.Scopes
        : devices?.Devices.GetValueOrDefault(id) is { IsRevoked: false, IsSuspended: false } device ? new ScopeSet(owner.Scopes.Expanded.Flags & device.Scopes.Expanded.Flags)
        : null;

    private static T Required<T>(IDependencyResolver services) where T : class =>
        services.GetService<T>() ?? throw new InvalidOperationException($"the host registered no {typeof(T).Name}");
}
