using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Secrets;

/// <summary>Log events 2500-2599.</summary>
internal static partial class SecretsLog
{
    [LoggerMessage(2500, LogLevel.Warning, "the shared secret cannot be read, so none is right: {Problem}; devices, spawned runs and the control socket are not held up by it")]
    public static partial void Unavailable(ILogger log, string problem);

    [LoggerMessage(2501, LogLevel.Information, "the shared secret in {Path} was replaced; the old one opens nothing any more")]
    public static partial void Replaced(ILogger log, string path);

    [LoggerMessage(2502, LogLevel.Information, "auth.closeOnRotate: closing what the old shared secret had opened")]
    public static partial void ClosingOld(ILogger log);
}
