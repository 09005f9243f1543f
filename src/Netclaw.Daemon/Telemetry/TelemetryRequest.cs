using System.Collections.Immutable;

namespace Netclaw.Daemon.Telemetry;

/// <summary>What can be exported.</summary>
[Flags]
public enum TelemetrySignals
{
    None = 0,
    Traces = 1,
    Metrics = 2,
    Logs = 4,
}

/// <summary>
/// What the daemon's environment asks for, by the variables that OpenTelemetry specifies. Only whether to export is read here; how (headers, compression, intervals,
/// sampler, resource) is the exporter's own reading. Loads nothing of OpenTelemetry.
/// </summary>
/// <param name="Problems">Why something that was asked for is not exported, one line each. Never a value: an address may hold a password.</param>
public sealed record TelemetryRequest(TelemetrySignals Signals, ImmutableArray<string> Problems)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    public static TelemetryRequest Nothing { get; } = new(TelemetrySignals.None, []);

    public static TelemetryRequest Read(Func<string, string?> environment)
    {
        if (string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return Nothing;
        }

        var problems = new List<string>();
        var signals = TelemetrySignals.None;
        foreach (var signal in (TelemetrySignals[])[TelemetrySignals.Traces, TelemetrySignals.Metrics, TelemetrySignals.Logs])
        {
            signals |= IsWanted(signal.ToString().ToUpperInvariant(), environment, problems) ? signal : TelemetrySignals.None;
        }

        return signals == TelemetrySignals.None && problems.Count == 0 ? Nothing : new TelemetryRequest(signals, [.. problems.Distinct()]);
    }

    private static bool IsWanted(string signal, Func<string, string?> environment, List<string> problems)
    {
        var endpoint = Nearest($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", Endpoint, environment);
        if (endpoint.Value is null)
        {
            return false;
        }

        var exporter = Set(environment($"OTEL_{signal}_EXPORTER")) ?? "otlp";
        if (exporter == "none")
        {
            return false;
        }

        var protocol = Nearest($"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL", Protocol, environment);
        var before = problems.Count;
        if (exporter != "otlp")
        {
            problems.Add($"OTEL_{signal}_EXPORTER names an exporter that is not here: set it to otlp or none");
        }

        if (!Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            problems.Add($"{endpoint.Key} is no address: set it to one that begins with http:// or https://");
        }

        if (protocol.Value is not (null or "grpc" or "http/protobuf"))
        {
            problems.Add($"{protocol.Key} names a protocol that is not here: set it to grpc or http/protobuf");
        }

        return problems.Count == before;
    }

    private static (string Key, string? Value) Nearest(string own, string general, Func<string, string?> environment) =>
        Set(environment(own)) is { } value ? (own, value) : (general, Set(environment(general)));

    /// <summary>Empty counts as not set, as the specification says.</summary>
    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
