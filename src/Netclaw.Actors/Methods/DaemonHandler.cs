using Netclaw.Actors.Audit;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>daemon.stop</c>: answers first, then lets the daemon drain, which in turn waits for open calls.</summary>
internal sealed class DaemonHandler(HandlerParts parts) : MethodHandlerActor
{
    protected override void Handle(MethodCall call)
    {
        var result = new DaemonStopResult(parts.Daemon.ProcessId, (int)parts.Control.DrainBudget.TotalMilliseconds);
        parts.Audit.Operator(AuditKind.Shutdown, call.Method, call.Principal, call.Session, call.Now, AuditOutcome.Ok, "ok", null, null);
        Answer(call, result, ProtocolJson.Default.DaemonStopResult);
        parts.Control.Stop(call.Principal.Subject);
    }
}
