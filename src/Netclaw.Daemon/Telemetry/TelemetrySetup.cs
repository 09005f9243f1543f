using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Sessions;

namespace Netclaw.Daemon.Telemetry;

/// <summary>Telemetry among the daemon's services; without a request nothing of it is there.</summary>
internal static class TelemetrySetup
{
    public static void AddTelemetry(this IServiceCollection services, TelemetryRequest request, GatewayIdentity gateway)
    {
        services.AddSingleton<DistributedContextPropagator>(NoForeignTraces.Instance);
        if (request.Signals == TelemetrySignals.None)
        {
            return;
        }

        var export = OtlpExport.Start(request.Signals, gateway);
        services.AddSingleton(export);
        if (export.Logs is { } logs)
        {
            services.AddSingleton(logs);
        }
    }

    /// <summary>Says what is exported and what is not, and keeps saying when deliveries fail.</summary>
    public static void ReportTelemetry(this IServiceProvider services, TelemetryRequest request, ILogger log)
    {
        foreach (var problem in request.Problems)
        {
            TelemetryLog.NotExported(log, problem);
        }

        if (services.GetService<ITelemetryExport>() is { } export)
        {
            export.ReportTo(log);
            TelemetryLog.Exporting(log, request.Signals);
        }
    }
}
