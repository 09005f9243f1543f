using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Transports;

/// <summary>Log events 2100-2199.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(2100, LogLevel.Debug, "hub connection {Connection}: ended")]
    public static partial void Ended(ILogger log, string connection);

    [LoggerMessage(2101, LogLevel.Error, "session {Session} was not opened: {Why}")]
    public static partial void NotOpened(ILogger log, Netclaw.Protocol.SessionId session, string why);
}
