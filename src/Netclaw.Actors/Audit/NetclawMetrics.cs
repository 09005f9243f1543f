using System.Diagnostics.Metrics;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;

namespace Netclaw.Actors.Audit;

/// <summary>What the gateway counts; meter <c>Netclaw</c>.</summary>
public sealed class NetclawMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _handshakes;
    private readonly Counter<long> _pairings;
    private readonly Counter<long> _revocations;
    private readonly Histogram<double> _methods;

    public NetclawMetrics(LiveSessions live)
    {
        _meter = new Meter(JournalMetrics.MeterName);
        _handshakes = _meter.CreateCounter<long>("netclaw.handshakes", "{handshake}", "Handshakes by outcome: ok, abandoned, or the code of the refusal.");
        _pairings = _meter.CreateCounter<long>("netclaw.pairings", "{pairing}", "Devices paired, by flow.");
        _revocations = _meter.CreateCounter<long>("netclaw.revocations", "{device}", "Devices revoked.");
        _methods = _meter.CreateHistogram<double>("netclaw.method.duration", "s", "From a call's arrival to its answer, by method.");
        _meter.CreateObservableGauge("netclaw.sessions", () => live.CountByState().Select(
            entry => new Measurement<int>(entry.Value, new KeyValuePair<string, object?>("state", entry.Key))), "{session}", "Live sessions by state.");
    }

    public void Handshake(string code) => _handshakes.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <param name="flow">code, request, local or internal.</param>
    public void Paired(string flow) => _pairings.Add(1, new KeyValuePair<string, object?>("flow", flow));

    public void Revoked() => _revocations.Add(1);

    /// <param name="method">A name of the catalogue: clients cannot make up new series.</param>
    public void MethodTook(string method, TimeSpan took, bool ok) => _methods.Record(
        took.TotalSeconds, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("ok", ok));

    /// <summary>The count that goes with a session's audit record: a pairing that succeeded, else the outcome of a handshake.</summary>
    public void Recorded(AuditKind kind, string action, string code)
    {
        if (kind == AuditKind.Pairing && code == "ok")
        {
            Paired(action.StartsWith("pair.", StringComparison.Ordinal) ? action["pair.".Length..] : "request");
        }
        else
        {
            Handshake(code);
        }
    }

    public void Dispose() => _meter.Dispose();
}
