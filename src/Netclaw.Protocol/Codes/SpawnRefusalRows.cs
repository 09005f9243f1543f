using static Netclaw.Protocol.RefusalCode;
using static Netclaw.Protocol.RefusalRows;
using static Netclaw.Protocol.RefusalSource;

namespace Netclaw.Protocol;

/// <summary>The rows about what is started on the gateway's machine.</summary>
internal static class SpawnRefusalRows
{
    internal static readonly Row[] All =
    [
        new(SpawnTooDeep, Conversation, 0, 403, ExitCodes.Refused, false,
            "A run wanted to start another, deeper than spawn.maxDepth allows.", "netclaw config show"),
        new(SpawnNotForJobs, Conversation, 0, 403, ExitCodes.Refused, false,
            "The command of a scheduled job wanted to start a run. Its job has to be what starts it: have the job ask an agent, or run the program itself.", "netclaw cron list"),
        new(SpawnQueueFull, Conversation, 0, 429, ExitCodes.TryAgain, true,
            "As many runs wait as spawn.queue allows.", "netclaw runs list --active"),
        new(DirectoryNotAllowed, Conversation, 0, 403, ExitCodes.Refused, false,
            "Runs may be started in the directories of spawn.roots, and below them.", "netclaw config show"),
        new(UnknownRun, Conversation, 0, 404, ExitCodes.Refused, false,
            "There is no run of this id, or it is not the caller's to see.", "netclaw runs list"),
        new(RunFailed, CommandLine, 0, 0, ExitCodes.Failed, false,
            "The run that was waited for ended otherwise than well.", "netclaw runs list"),
    ];
}
