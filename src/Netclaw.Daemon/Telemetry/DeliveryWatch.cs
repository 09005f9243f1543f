using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Telemetry;

/// <summary>
/// Hears from the exporter how each delivery went, and says once when deliveries to a collector begin to fail and once when one succeeds again: a collector that is away
/// is one line in the log, however long and for all three signals.
/// </summary>
internal sealed class DeliveryWatch : EventListener
{
    /// <summary>How the exporter names its diagnostics; its documentation lists the source under "Troubleshooting".</summary>
    private const string ExporterSource = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private const string Delivered = "ExportSuccess";
    private const int LongestWhy = 200;

    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        "FailedToReachCollector", "ExportMethodException", "TrySubmitRequestException", "TransientHttpError", "HttpRequestFailed",
        "OperationUnexpectedlyCanceled", "RequestTimedOut", "GrpcStatusWarning", "ExportFailure",
    };

    private readonly Lock _gate = new();
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private ILogger? _log;

    public void ReportTo(ILogger log) => Volatile.Write(ref _log, log);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == ExporterSource)
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class may call before this one's fields are there.
        if (_gate is null || Volatile.Read(ref _log) is not { } log || eventData.EventName is not { } name)
        {
            return;
        }

        if (name == Delivered)
        {
            Succeeded(log, Target(eventData));
        }
        else if (Failures.Contains(name))
        {
            Failed(log, Target(eventData), Why(eventData));
        }
    }

    private void Failed(ILogger log, string target, string why)
    {
        bool first;
        lock (_gate)
        {
            first = !_failing.Any(other => Shown(other) == Shown(target));
            _failing.Add(target);
        }

        if (first)
        {
            TelemetryLog.NotDelivered(log, Shown(target), why);
        }
    }

    private void Succeeded(ILogger log, string target)
    {
        lock (_gate)
        {
            // A signal that succeeded all along says nothing of one that is refused for itself.
            if (!_failing.Remove(target))
            {
                return;
            }

            _failing.RemoveWhere(other => Shown(other) == Shown(target));
        }

        TelemetryLog.DeliveredAgain(log, Shown(target));
    }

    /// <summary>One per signal: where the exporter names it.</summary>
    private static string Target(EventWrittenEventArgs said) =>
        said.Payload is [string first, ..] && Uri.TryCreate(first, UriKind.Absolute, out _) ? first : "";

    /// <summary>Without user, password, path and query.</summary>
    private static string Shown(string target) =>
        Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "the collector";

    /// <summary>The message of the exporter's last word, which is an exception or a status; never what a collector answered.</summary>
    private static string Why(EventWrittenEventArgs said)
    {
        var text = said.Payload is [_, .., string last] ? last : said.EventName ?? "";
        var line = text.Split('\n', 2)[0];
        var type = line.IndexOf("Exception: ", StringComparison.Ordinal);
        var message = (type < 0 ? line : line[(type + "Exception: ".Length)..]).Trim().TrimEnd('.');
        return message.Length <= LongestWhy ? message : message[..LongestWhy] + "...";
    }
}
