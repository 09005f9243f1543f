using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Netclaw.Actors.Approvals;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What approvals come to: records, events, answers.</summary>
internal sealed partial class ApprovalsHandler
{
    private void Do(ApprovalEffect effect, ApprovalInput input, MethodCall? call)
    {
        switch (effect)
        {
            case ApprovalEffect.Announce e: Tell(PendingExecApproval.EventName, ApprovalWords.Pending(e.Open), ProtocolJson.Default.PendingExecApproval); break;
            case ApprovalEffect.Begin e: Answer(e.To.Session, e.To.CallId, Success(ApprovalWords.Begun(e.Open), ProtocolJson.Default.ExecApprovalResult)); break;
            case ApprovalEffect.Conclude e: Conclude(e, call); break;
            case ApprovalEffect.Answer e: Answer(e.To.Session, e.To.CallId, Success(ApprovalWords.Decided(e.Ended), ProtocolJson.Default.ExecApprovalResult)); break;
            case ApprovalEffect.Accept e:
                Answer(e.To.Session, e.To.CallId, Success(new ExecApprovalResolveResult(true, e.Ended.Id, e.Ended.Decision), ProtocolJson.Default.ExecApprovalResolveResult));
                break;
            case ApprovalEffect.Refuse e: Refuse(e, input, call); break;
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "no such effect");
        }
    }

    private void Conclude(ApprovalEffect.Conclude e, MethodCall? call)
    {
        var (request, ended) = (e.Open.Request, e.Ended);
        var action = $"{ExecApprovalResolveParams.Method} {ApprovalDecisionJsonConverter.Text(ended.Decision)}";
        if (ended.End == ApprovalEnd.Decided)
        {
            parts.Audit.Operator(AuditKind.Approval, action, call!.Principal, call.Session, call.Now, AuditOutcome.Ok, "ok", request.Device, ApprovalWords.Traced(request));
        }
        else
        {
            parts.Audit.Undecided(action, ended.At, ApprovalWords.Reason(ended.End), request.Device, ApprovalWords.Traced(request));
        }

        Tell(ExecApprovalResolved.EventName, ApprovalWords.Resolved(ended), ProtocolJson.Default.ExecApprovalResolved);
        if (_inside.Remove(ended.Id, out var asker))
        {
            asker.Tell(new PeopleSaid(ended.Id, ended.Decision, ApprovalWords.Past(ended)), Self);
        }
    }

    private void Refuse(ApprovalEffect.Refuse e, ApprovalInput input, MethodCall? call)
    {
        if (e.To is not { } to)
        {
            var asked = ((ApprovalInput.Requested)input).Request;
            _inside.Remove(asked.Id, out var asker);
            asker?.Tell(new PeopleSaid(asked.Id, ApprovalDecision.Deny, Words(e.Why)), Self);
            return;
        }

        if (input is ApprovalInput.Resolved decided)
        {
            parts.Audit.Operator(
                AuditKind.Approval, $"{ExecApprovalResolveParams.Method} {ApprovalDecisionJsonConverter.Text(decided.Decision)}", call!.Principal, call.Session, call.Now, AuditOutcome.Refused,
                RefusalTable.For(Code(e.Why)).Name, null, decided.Id.ToString());
        }

        switch (e.Why)
        {
            case ApprovalRefusal.NotFound: RefuseUnknown(to.Session, to.CallId, e.Was); break;
            case ApprovalRefusal.Unreadable: Invalid(call!, Words(e.Why)); break;
            case ApprovalRefusal.OnceOnly: Invalid(call!, $"at $.decision: {Words(e.Why)}"); break;
            default: Answer(to.Session, to.CallId, CallResponse.Failure(RefusalTable.Error(Code(e.Why), Words(e.Why)))); break;
        }
    }

    private void RefuseUnknown(SessionId session, long callId, EndedApproval? was) => Answer(session, callId, CallResponse.Failure(
        RefusalTable.Error(RefusalCode.ApprovalNotFound, was is null ? Words(ApprovalRefusal.NotFound) : ApprovalWords.Past(was))));

    private void Tell<T>(string name, T payload, JsonTypeInfo<T> form) =>
        SessionBroadcast.Tell(parts.Live, new SessionInput.EventPublished(Now, name, JsonSerializer.SerializeToElement(payload, form), Scope.Approvals));

    private static CallResponse Success<T>(T result, JsonTypeInfo<T> form) => CallResponse.Success(JsonSerializer.SerializeToElement(result, form));

    private static RefusalCode Code(ApprovalRefusal why) => why switch
    {
        ApprovalRefusal.NotFound => RefusalCode.ApprovalNotFound,
        ApprovalRefusal.OwnRequest => RefusalCode.ApprovalOwn,
        ApprovalRefusal.TooMany => RefusalCode.TooManyApprovals,
        ApprovalRefusal.OnceOnly or ApprovalRefusal.Unreadable => RefusalCode.InvalidRequest,
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, "no such refusal"),
    };

    private static string Words(ApprovalRefusal why) => why switch
    {
        ApprovalRefusal.NotFound => "unknown or expired approval id",
        ApprovalRefusal.OwnRequest => "this is the device, the run or the connection that asked; somebody else decides",
        ApprovalRefusal.TooMany => $"{ApprovalTable.MostPerAsker} questions of one asker may wait for a decision, and {ApprovalTable.Most} in all",
        ApprovalRefusal.OnceOnly => "this question can be answered with allow-once or deny",
        ApprovalRefusal.Unreadable => $"at $: a program, at most {ApprovalMatter.MostArguments} arguments and {ApprovalMatter.LongestText} characters in all can be judged",
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, "no such refusal"),
    };
}
