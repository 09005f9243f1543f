using System.Diagnostics;

namespace Netclaw.Daemon.Telemetry;

/// <summary>
/// Takes no trace context from a request and gives none away. Whoever connects is nobody yet: a stranger's <c>traceparent</c> would choose the trace that our log lines and spans
/// belong to, and whether they are sampled; its <c>baggage</c> would travel on.
/// </summary>
internal sealed class NoForeignTraces : DistributedContextPropagator
{
    public static NoForeignTraces Instance { get; } = new();

    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        traceId = traceState = null;

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
