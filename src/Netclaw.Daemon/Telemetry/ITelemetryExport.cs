using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Telemetry;

/// <summary>A running export, seen without OpenTelemetry's types: who only asks whether there is one loads none of them.</summary>
public interface ITelemetryExport
{
    /// <summary>Takes the daemon's log lines; null when logs are not exported.</summary>
    ILoggerProvider? Logs { get; }

    /// <summary>From now on it says, once each, when telemetry is not delivered any more and when it is again.</summary>
    void ReportTo(ILogger log);

    /// <summary>Sends what waits, then ends.</summary>
    /// <returns>False when that took longer than <paramref name="bound"/>; what is left is given up.</returns>
    Task<bool> StopAsync(TimeSpan bound, TimeProvider time);
}
