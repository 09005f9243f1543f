using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Keys;

/// <summary>Log events 2120-2129.</summary>
internal static partial class KeysLog
{
    [LoggerMessage(2120, LogLevel.Warning, "the mark outside the journal cannot be written: {Why}. Changes are kept all the same; that the journal lost its end would not be noticed. It is tried again")]
    public static partial void MarkBehind(ILogger log, string why);

    [LoggerMessage(2121, LogLevel.Information, "the mark outside the journal is written again")]
    public static partial void MarkCaughtUp(ILogger log);
}
