using Netclaw.Daemon.Telemetry;

namespace Netclaw.Daemon.Tests.Telemetry;

public sealed class TelemetryRequestTests
{
    private const TelemetrySignals All = TelemetrySignals.Traces | TelemetrySignals.Metrics | TelemetrySignals.Logs;

    [Theory]
    [InlineData("", TelemetrySignals.None)]
    [InlineData("OTEL_SERVICE_NAME=x OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc", TelemetrySignals.None)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", All)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=https://c:4318 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", All)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://c:4317", TelemetrySignals.Logs)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://d", TelemetrySignals.Metrics | TelemetrySignals.Traces)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_LOGS_EXPORTER=none", TelemetrySignals.Metrics | TelemetrySignals.Traces)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_SDK_DISABLED=true", TelemetrySignals.None)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_SDK_DISABLED=TRUE", TelemetrySignals.None)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_SDK_DISABLED=false", All)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", TelemetrySignals.None)]
    public void Signals_AreThoseWithAnEndpoint(string environment, TelemetrySignals wanted)
    {
        var request = Read(environment);

        Assert.Equal(wanted, request.Signals);
        Assert.Empty(request.Problems);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", TelemetrySignals.None, "OTEL_EXPORTER_OTLP_ENDPOINT is no address")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=unix:///run/c OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://c", TelemetrySignals.Logs, "OTEL_EXPORTER_OTLP_ENDPOINT is no address")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=/v1", TelemetrySignals.Metrics | TelemetrySignals.Logs, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is no address")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_EXPORTER_OTLP_PROTOCOL=http/json", TelemetrySignals.None, "OTEL_EXPORTER_OTLP_PROTOCOL names a protocol that is not here")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c OTEL_METRICS_EXPORTER=prometheus", TelemetrySignals.Traces | TelemetrySignals.Logs, "OTEL_METRICS_EXPORTER names an exporter that is not here")]
    public void Problems_AreSaidOnce_AndTheRestGoesOut(string environment, TelemetrySignals wanted, string problem)
    {
        var request = Read(environment);

        Assert.Equal(wanted, request.Signals);
        Assert.StartsWith(problem, Assert.Single(request.Problems), StringComparison.Ordinal);
    }

    private static TelemetryRequest Read(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return TelemetryRequest.Read(variables.GetValueOrDefault);
    }
}
