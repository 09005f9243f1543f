using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Postgres;

/// <summary>Events 2150-2199.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(2150, LogLevel.Error, "journal: {Seen}; reads go on, changes are refused until it is back")]
    public static partial void Away(ILogger log, string seen);

    [LoggerMessage(2151, LogLevel.Information, "journal: {Place} is back, read anew up to record {Sequence}; changes are accepted again")]
    public static partial void Back(ILogger log, string place, long sequence);

    [LoggerMessage(2152, LogLevel.Error, "journal: coming back failed in a way that it should not; it is tried again")]
    public static partial void Failed(ILogger log, Exception cause);
}
