using static Netclaw.Protocol.RefusalCode;
using static Netclaw.Protocol.RefusalRows;
using static Netclaw.Protocol.RefusalSource;

namespace Netclaw.Protocol;

/// <summary>The rows about scheduled jobs.</summary>
internal static class CronRefusalRows
{
    internal static readonly Row[] All =
    [
        new(CronJobNotFound, Conversation, 0, 404, ExitCodes.Usage, false,
            "There is no job of this id.", "netclaw cron list --all"),
        new(CronScheduleInvalid, Conversation, 0, 400, ExitCodes.Usage, false,
            "The schedule could never run as it is written: a malformed expression, an unknown time zone, a time that is past.", "netclaw cron add --help"),
        new(CronPayloadTooLarge, Conversation, 0, 413, ExitCodes.Refused, false,
            "A job is at most 256 KiB; it was refused before it was read.", "netclaw cron add --help"),
        new(CronJobChanged, Conversation, 0, 409, ExitCodes.Failed, false,
            "The job is not any more what the change was made for.", "netclaw cron list --all"),
        new(CronJobsFull, Conversation, 0, 429, ExitCodes.Refused, false,
            "The gateway holds as many jobs as it takes.", "netclaw cron list --all"),
        new(CronNotForRuns, Conversation, 0, 403, ExitCodes.Refused, false,
            "A run wanted to add or change a job, which would do something after the run's end; whoever started the run adds it.", "netclaw cron add --help"),
    ];
}
