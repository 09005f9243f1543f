using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>What the hosted service says. Ids 4700 to 4709.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(4700, LogLevel.Critical, "The actor system did not start; the application stops.")]
    public static partial void NotStarted(ILogger logger, Exception error);

    [LoggerMessage(4701, LogLevel.Warning, "The host ended before the coordinated shutdown did, which may take {TotalTimeout}. Raise HostOptions.ShutdownTimeout.")]
    public static partial void StoppedLate(ILogger logger, TimeSpan totalTimeout);
}
