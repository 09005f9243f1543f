using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Start;

/// <summary>Log events 2200-2249.</summary>
internal static partial class StartLog
{
    [LoggerMessage(2200, LogLevel.Warning, "{Id}: {Key}: {Warning} {Remedy}")]
    public static partial void Warned(ILogger log, string id, string key, string warning, string remedy);

    [LoggerMessage(2201, LogLevel.Information, "{Key} = {Value} is in force: {Opens}")]
    public static partial void OptedIn(ILogger log, string key, string value, string opens);
}
