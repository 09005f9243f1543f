using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Daemon.Http;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Netclaw.Daemon.Telemetry;

/// <summary>
/// OpenTelemetry's SDK with its OTLP exporter, which reads its own settings from the environment. The only place that knows either: without an endpoint
/// this type is never touched and none of their assemblies is loaded.
/// </summary>
internal sealed class OtlpExport : ITelemetryExport
{
    /// <summary>Ours, and what the framework counts about requests, connections and the runtime. None of them labels by what a client sends.</summary>
    internal static readonly string[] Meters =
    [
        JournalMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime",
    ];

    private readonly OpenTelemetrySdk _sdk;
    private readonly DeliveryWatch _watch = new();

    private OtlpExport(TelemetrySignals signals, GatewayIdentity gateway)
    {
        _sdk = OpenTelemetrySdk.Create(builder =>
        {
            // The environment comes last: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
            builder.ConfigureResource(resource => resource.Clear()
                .AddService("netclawd", serviceVersion: gateway.Version, serviceInstanceId: gateway.Id.ToString())
                .AddTelemetrySdk().AddEnvironmentVariableDetector());
            builder.UseOtlpExporter();
            // The levels are the daemon's, applied before a line comes here.
            builder.Services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Trace);
            builder.WithLogging(null, options => options.IncludeFormattedMessage = true);
            if (signals.HasFlag(TelemetrySignals.Traces))
            {
                builder.WithTracing(traces => traces.AddSource(HandshakeWords.Source));
            }

            if (signals.HasFlag(TelemetrySignals.Metrics))
            {
                builder.WithMetrics(metrics => metrics.AddMeter(Meters).AddView(Buckets));
            }
        });
        Logs = signals.HasFlag(TelemetrySignals.Logs) ? new ForwardedLogs(_sdk.GetLoggerFactory()) : null;
    }

    public ILoggerProvider? Logs { get; }

    /// <summary>Returns at once: a collector is first spoken to when there is something to say.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ITelemetryExport Start(TelemetrySignals signals, GatewayIdentity gateway) => new OtlpExport(signals, gateway);

    public void ReportTo(ILogger log) => _watch.ReportTo(log);

    public async Task<bool> StopAsync(TimeSpan bound, TimeProvider time)
    {
        try
        {
            await FlushAsync((int)bound.TotalMilliseconds).WaitAsync(bound, time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>All three at once: each may wait for the same dead collector.</summary>
    private async Task FlushAsync(int milliseconds)
    {
        await Task.WhenAll(
            Task.Run(() => _sdk.TracerProvider.Shutdown(milliseconds)),
            Task.Run(() => _sdk.MeterProvider.Shutdown(milliseconds)),
            Task.Run(() => _sdk.LoggerProvider.Shutdown(milliseconds))).ConfigureAwait(false);
        _sdk.Dispose();
        _watch.Dispose();
    }

    /// <summary>The same as /metrics has; the SDK's own are meant for milliseconds.</summary>
    private static ExplicitBucketHistogramConfiguration? Buckets(Instrument instrument) =>
        instrument.Meter.Name == JournalMetrics.MeterName && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = MetricsText.BoundsOf(instrument) }
            : null;

    private sealed class ForwardedLogs(ILoggerFactory sink) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => sink.CreateLogger(categoryName);

        public void Dispose()
        {
            // The export outlives the services, so that their last words are sent.
        }
    }
}
