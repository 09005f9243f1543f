using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Assertions;

/// <summary>Log events 2520-2539.</summary>
internal static partial class AssertionLog
{
    [LoggerMessage(2520, LogLevel.Warning, "the key set for signed assertions: {Problem}")]
    public static partial void Unavailable(ILogger log, string problem);
}
