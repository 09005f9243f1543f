using System.Collections.Immutable;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Spawning;
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

    /// <summary>What a job's program is given beside the filtered environment.</summary>
    public required Func<ScheduledJob, CronRun, ImmutableDictionary<string, string>> Environment { get; init; }

    /// <summary>The default agent's id.</summary>
    public required Func<string> DefaultAgent { get; init; }
    public required ILogger Log { get; init; }
}
