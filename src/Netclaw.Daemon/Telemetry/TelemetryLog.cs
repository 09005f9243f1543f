using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Telemetry;

/// <summary>Log events 2800-2899.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(2800, LogLevel.Information, "telemetry goes out by OTLP: {Signals}")]
    public static partial void Exporting(ILogger log, TelemetrySignals signals);

    [LoggerMessage(2801, LogLevel.Warning, "telemetry is not exported as asked: {Problem}")]
    public static partial void NotExported(ILogger log, string problem);

    [LoggerMessage(2802, LogLevel.Warning, "telemetry is not delivered to {Collector}: {Why}; the gateway goes on without, and this is not said again until it is")]
    public static partial void NotDelivered(ILogger log, string collector, string why);

    [LoggerMessage(2803, LogLevel.Information, "telemetry is delivered to {Collector} again")]
    public static partial void DeliveredAgain(ILogger log, string collector);
}
