using Akka.Actor;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Recovery;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>recovery.plan</c> and <c>recovery.repair</c>: for operators of this machine alone, by the control socket.</summary>
internal sealed class RecoveryHandler(HandlerParts parts, ILocalAccess access) : MethodHandlerActor
{
    protected override void Handle(MethodCall call)
    {
        if (call.Principal.Method != AuthMethod.ControlSocket)
        {
            Audit(call, AuditOutcome.Refused, RefusalCode.RecoveryNotLocal, null, null);
            Refuse(call, RefusalCode.RecoveryNotLocal, $"{call.Method} is served over the control socket alone; this connection came by {call.Principal.MethodName}");
            return;
        }

        if (call.Method == RecoveryPlanResult.Method)
        {
            _ = access.PlanAsync().PipeTo(Self, Self, plan => new Planned(call, plan), cause => new Failed(call, cause));
        }
        else if (TryRead(call, ProtocolJson.Default.RecoveryRepairParams, out var wanted))
        {
            _ = access.RepairAsync(wanted.Plan).PipeTo(Self, Self, repair => new Repaired(call, repair), cause => new Failed(call, cause));
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case Planned planned:
                Answer(planned.Call, planned.Plan, ProtocolJson.Default.RecoveryPlanResult);
                return true;
            case Repaired { Outcome: LocalAccessRepair.Repaired done } repaired:
                Audit(repaired.Call, AuditOutcome.Ok, null, done.Result.Host, done.Result.Former is { } former ? $"{former.Short} is shut out" : null);
                Answer(repaired.Call, done.Result, ProtocolJson.Default.RecoveryRepairResult);
                return true;
            case Repaired { Outcome: LocalAccessRepair.Refused refused } repaired:
                Audit(repaired.Call, AuditOutcome.Refused, refused.Code, null, refused.Seen);
                var error = RefusalTable.Error(refused.Code, refused.Seen);
                Answer(repaired.Call, CallResponse.Failure(error with { Remedy = refused.Remedy ?? error.Remedy }));
                return true;
            case Failed failed:
                Audit(failed.Call, AuditOutcome.Refused, RefusalCode.HomeNotWritable, null, failed.Cause.Message);
                Refuse(failed.Call, RefusalCode.HomeNotWritable, $"the key file could not be written: {failed.Cause.Message} What was in force stays in force.");
                return true;
            default:
                return false;
        }
    }

    private void Audit(MethodCall call, AuditOutcome outcome, RefusalCode? code, DeviceId? device, string? detail) => parts.Audit.Operator(
        AuditKind.Bootstrap, call.Method, call.Principal, call.Session, call.Now, outcome, code is { } refused ? RefusalTable.For(refused).Name : "ok", device, detail);

    private sealed record Planned(MethodCall Call, RecoveryPlanResult Plan);

    private sealed record Repaired(MethodCall Call, LocalAccessRepair Outcome);

    private sealed record Failed(MethodCall Call, Exception Cause);
}
