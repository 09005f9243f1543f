using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>What <see cref="RunsActor"/> needs of others.</summary>
public sealed class SpawnParts
{
    public required JournalParts Journal { get; init; }
    public required SpawnLimits Options { get; init; }
    public required IChildPrograms Programs { get; init; }
    public required SpawnCredentials Credentials { get; init; }
    public required ISpawnPlace Place { get; init; }

    /// <summary>The actor of conversations, of this moment.</summary>
    public required Func<IActorRef> Conversations { get; init; }
    public required LiveSessions Live { get; init; }
    public required ILogger Log { get; init; }
}

/// <summary>Where runs are started, and where they reach the gateway.</summary>
public interface ISpawnPlace
{
    /// <summary>The user that programs run as where no other is configured.</summary>
    uint OwnUser { get; }

    /// <summary>The address for a child's <c>NETCLAW_URL</c>: the control socket, or where another user gets in.</summary>
    string AddressFor(uint user);

    /// <summary>Where a program is started.</summary>
    /// <param name="asked">Null: the first directory that is allowed.</param>
    /// <returns>Its path without links; or why it may not be started there, for a person.</returns>
    (string? Directory, string? Problem) For(string? asked);
}
