using System.Diagnostics.Metrics;
using Netclaw.Daemon.Http;

namespace Netclaw.Daemon.Tests.Http;

public sealed class MetricsTextTests : IDisposable
{
    private readonly Meter _meter = new($"Netclaw.Tests.{Guid.NewGuid():N}");
    private readonly MetricsText _metrics;

    public MetricsTextTests() => _metrics = new MetricsText(_meter.Name);

    public void Dispose()
    {
        _metrics.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void IsPrometheusText()
    {
        var handshakes = _meter.CreateCounter<long>("netclaw.handshakes", "{handshake}", "Handshakes by outcome.");
        handshakes.Add(2, new KeyValuePair<string, object?>("code", "ok"));
        handshakes.Add(1, new KeyValuePair<string, object?>("code", "pairing_required"));
        handshakes.Add(3, new KeyValuePair<string, object?>("code", "ok"));
        var durations = _meter.CreateHistogram<double>("netclaw.method.duration", "s", "How long calls take.");
        durations.Record(0.0007, [new("ok", true), new("method", "status")]);
        durations.Record(0.002, [new("method", "status"), new("ok", true)]);
        durations.Record(99, [new("method", "status"), new("ok", true)]);
        _meter.CreateHistogram<int>("netclaw.journal.batch.events", "{event}", "Batch.").Record(3);
        _meter.CreateObservableGauge("netclaw.sessions", () => new[] { new Measurement<int>(7, new KeyValuePair<string, object?>("state", "Active")) }, "{session}", "Live sessions.");
        _meter.CreateUpDownCounter<long>("netclaw.open", null, "Open.").Add(-4);

        Assert.Equal("""
            # HELP netclaw_handshakes_total Handshakes by outcome.
            # TYPE netclaw_handshakes_total counter
            netclaw_handshakes_total{code="ok"} 5
            netclaw_handshakes_total{code="pairing_required"} 1
            # HELP netclaw_journal_batch_events Batch.
            # TYPE netclaw_journal_batch_events histogram
            netclaw_journal_batch_events_bucket{le="1"} 0
            netclaw_journal_batch_events_bucket{le="2"} 0
            netclaw_journal_batch_events_bucket{le="5"} 1
            netclaw_journal_batch_events_bucket{le="10"} 1
            netclaw_journal_batch_events_bucket{le="20"} 1
            netclaw_journal_batch_events_bucket{le="50"} 1
            netclaw_journal_batch_events_bucket{le="100"} 1
            netclaw_journal_batch_events_bucket{le="200"} 1
            netclaw_journal_batch_events_bucket{le="500"} 1
            netclaw_journal_batch_events_bucket{le="1000"} 1
            netclaw_journal_batch_events_bucket{le="+Inf"} 1
            netclaw_journal_batch_events_sum 3
            netclaw_journal_batch_events_count 1
            # HELP netclaw_method_duration_seconds How long calls take.
            # TYPE netclaw_method_duration_seconds histogram
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.0005"} 0
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.001"} 1
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.0025"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.005"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.01"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.025"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.05"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.1"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.25"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="0.5"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="1"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="2.5"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="5"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="10"} 2
            netclaw_method_duration_seconds_bucket{method="status",ok="true",le="+Inf"} 3
            netclaw_method_duration_seconds_sum{method="status",ok="true"} 99.0027
            netclaw_method_duration_seconds_count{method="status",ok="true"} 3
            # HELP netclaw_open Open.
            # TYPE netclaw_open gauge
            netclaw_open -4
            # HELP netclaw_sessions Live sessions.
            # TYPE netclaw_sessions gauge
            netclaw_sessions{state="Active"} 7

            """, _metrics.Render());
    }

    [Fact]
    public void ForgetsWhatIsNoLongerObserved_AndEscapesWhatWouldBreakALine()
    {
        var states = new List<Measurement<int>> { new(1, new KeyValuePair<string, object?>("state", "a\"b\\c\nd")) };
        _meter.CreateObservableGauge("sessions", () => states, null, "S.");

        Assert.Contains("sessions{state=\"a\\\"b\\\\c\\nd\"} 1", _metrics.Render(), StringComparison.Ordinal);
        states.Clear();
        Assert.DoesNotContain("sessions{", _metrics.Render(), StringComparison.Ordinal);
    }
}
