using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>What <see cref="CronActor"/> stands on.</summary>
public sealed class CronParts
{
    public required JournalParts Journal { get; init; }
    public required CronView View { get; init; }
    public required LiveSessions Live { get; init; }
    public required IChildPrograms Programs { get; init; }
    public required IWebhooks Webhooks { get; init; }

    /// <summary>The actor of conversations of this moment.</summary>
    public required Func<IActorRef> Conversations { get; init; }

    /// <summary>Owners can be looked up; nothing begins before.</summary>
    public required Func<bool> IsReady { get; init; }

    /// <summary>What the owner of a job may do now; null: nothing any more.</summary>
    public required Func<CronOwner, ScopeSet?> Allowed { get; init; }

    /// <summary>Of programs, for as long as they run.</summary>
    public required SpawnCredentials Credentials { get; init; }

    /// <summary>Where programs are started, and where they reach the gateway.</summary>
    public required ISpawnPlace Place { get; init; }

    /// <summary>The user that programs run as; null: the daemon's own.</summary>
    public uint? RunAs { get; init; }

    /// <summary>The default agent's id.</summary>
    public required Func<string> DefaultAgent { get; init; }
    public required ILogger Log { get; init; }
}
