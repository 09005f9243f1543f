using System.Diagnostics.Metrics;
using Netclaw.Actors.Sessions;

namespace Netclaw.Actors.Audit;

public sealed class NetclawMetricsTests : IDisposable
{
    private readonly LiveSessions _live = new();
    private readonly NetclawMetrics _metrics;
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly List<string> _seen = [];

    public NetclawMetricsTests()
    {
        _metrics = new NetclawMetrics(_live);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Netclaw")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => See(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void Handshakes_AreCountedByOutcome()
    {
        _metrics.Recorded(AuditKind.Authentication, "connect", "metrics_test_code");
        Assert.Contains("netclaw.handshakes 1 code=metrics_test_code", Seen());
    }

    [Fact]
    public void Pairings_AreCountedByFlow_AndFailedOnesAsHandshakes()
    {
        _metrics.Recorded(AuditKind.Pairing, "pair.code", "ok");
        _metrics.Recorded(AuditKind.Pairing, "pair.code", "metrics_test_refused");
        Assert.Contains("netclaw.pairings 1 flow=code", Seen());
        Assert.Contains("netclaw.handshakes 1 code=metrics_test_refused", Seen());
    }

    [Fact]
    public void Methods_AreTimed()
    {
        _metrics.MethodTook("metrics.test", TimeSpan.FromMilliseconds(250), ok: false);
        Assert.Contains("netclaw.method.duration 0.25 method=metrics.test ok=False", Seen());
    }

    [Fact]
    public void Sessions_AreCountedByState()
    {
        _live.Enter(new LiveSession(Akka.Actor.ActorRefs.Nobody, new TestTransport(TimeProvider.System), SessionSamples.Connected()));
        _listener.RecordObservableInstruments();
        Assert.Contains("netclaw.sessions 1 state=Active", Seen());
    }

    private void See<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Prepend(FormattableString.Invariant($"{instrument.Name} {value}")));
        lock (_gate)
        {
            _seen.Add(text);
        }
    }

    private List<string> Seen()
    {
        lock (_gate)
        {
            return [.. _seen];
        }
    }
}
