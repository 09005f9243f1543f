using System.Globalization;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>A span as it was received. Field numbers: opentelemetry-proto, trace/v1/trace.proto.</summary>
internal sealed record ReceivedSpan(
    string Scope, string Name, string TraceId, bool HasParent, ulong Kind, TimeSpan Took, int Links,
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<ReceivedSpanEvent> Events, IReadOnlyDictionary<string, string> Resource);

internal sealed record ReceivedSpanEvent(string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A log line as it was received (logs/v1/logs.proto).</summary>
internal sealed record ReceivedLog(string Category, ulong Severity, string Body, IReadOnlyDictionary<string, string> Attributes);

/// <summary>An instrument of which values were received (metrics/v1/metrics.proto).</summary>
internal sealed record ReceivedMetric(string Meter, string Name, string Unit);

/// <summary>OTLP's requests, as far as the tests look.</summary>
internal static class Otlp
{
    public static IEnumerable<ReceivedSpan> Spans(ReadOnlyMemory<byte> body) =>
        from resource in ProtobufMessage.Parse(body).Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ReceivedSpan(
            scope.Messages(1).Single().Text(1), span.Text(5), Convert.ToHexStringLower(span.Bytes(1).Span), span.Bytes(4).Length > 0, span.Number(6),
            TimeSpan.FromMicroseconds((span.Number(8) - span.Number(7)) / 1000.0), span.Messages(13).Count(), Attributes(span, 9),
            [.. span.Messages(11).Select(said => new ReceivedSpanEvent(said.Text(2), Attributes(said, 3)))], Attributes(resource.Messages(1).Single(), 1));

    public static IEnumerable<ReceivedLog> Logs(ReadOnlyMemory<byte> body) =>
        from scope in ProtobufMessage.Parse(body).Messages(1, 2)
        from line in scope.Messages(2)
        select new ReceivedLog(scope.Messages(1).Single().Text(1), line.Number(2), line.Messages(5).Single().Text(1), Attributes(line, 6));

    public static IEnumerable<ReceivedMetric> Metrics(ReadOnlyMemory<byte> body) =>
        from scope in ProtobufMessage.Parse(body).Messages(1, 2)
        from metric in scope.Messages(2)
        select new ReceivedMetric(scope.Messages(1).Single().Text(1), metric.Text(1), metric.Text(3));

    private static Dictionary<string, string> Attributes(ProtobufMessage message, int field) => message.Messages(field).ToDictionary(
        pair => pair.Text(1), pair => pair.Messages(2).Select(Value).FirstOrDefault() ?? "", StringComparer.Ordinal);

    private static string Value(ProtobufMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? (value.Number(2) == 1 ? "true" : "false")
        : value.Has(3) ? ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? BitConverter.UInt64BitsToDouble(value.Number(4)).ToString(CultureInfo.InvariantCulture)
        : "";
}
