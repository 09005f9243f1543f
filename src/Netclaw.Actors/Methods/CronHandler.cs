using System.Runtime.InteropServices;
using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Cron;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Serves <c>cron.*</c> and <c>wake</c>. Reads come from the view; changes are asked of the jobs' actor and answered when they are durable. When that stops, what is open is answered
/// <c>journal_unavailable</c>.
/// </summary>
internal sealed class CronHandler(HandlerParts parts) : MethodHandlerActor
{
    private readonly OpenQuestions<MethodCall> _asked = new();
    private readonly OpenQuestions<MethodCall> _said = new();

    protected override void Handle(MethodCall call)
    {
        // Before anything is made of it.
        if (call.Params.ValueKind == JsonValueKind.Object && JsonMarshal.GetRawUtf8Value(call.Params).Length is > CronJobSpec.MostBytes and var bytes)
        {
            Refuse(call, RefusalCode.CronPayloadTooLarge, $"{call.Method} was given {bytes} bytes; a job is at most {CronJobSpec.MostBytes}");
            return;
        }

        if (parts.Jobs.Current is not { } state)
        {
            Refuse(call, RefusalCode.GatewayStarting, "the gateway is still reading its jobs");
            return;
        }

        switch (call.Method)
        {
            case CronListParams.Method: List(call, state); break;
            case CronJobParams.GetMethod: Get(call, state); break;
            case CronStatusResult.Method: Answer(call, CronQueries.Status(state), ProtocolJson.Default.CronStatusResult); break;
            case CronRunsParams.Method: Runs(call, state); break;
            case CronJobSpec.Method: Add(call); break;
            case CronUpdateParams.Method: Update(call, state); break;
            case CronJobParams.RemoveMethod: Remove(call, state); break;
            case CronRunParams.Method: Run(call, state); break;
            case WakeParams.Method: Wake(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case CronReply reply: Replied(reply); return true;
            case ConversationReply reply: Said(reply); return true;
            case Terminated gone: Stopped(gone.ActorRef); return true;
            default: return false;
        }
    }

    private void List(MethodCall call, CronState state)
    {
        if (TryRead(call, CronParamsJson.Default.CronListParams, out var wanted, CronParamRules.Problem))
        {
            Answer(call, CronQueries.List(state, wanted), ProtocolJson.Default.CronListResult);
        }
    }

    private void Get(MethodCall call, CronState state)
    {
        if (TryRead(call, CronParamsJson.Default.CronJobParams, out var wanted, given => CronParamRules.OneId(given.Id, given.JobId)) && TryFind(call, state, wanted.Id ?? wanted.JobId!, out var job))
        {
            Answer(call, CronForms.Of(job), ProtocolJson.Default.CronJob);
        }
    }

    private void Runs(MethodCall call, CronState state)
    {
        if (!TryRead(call, CronParamsJson.Default.CronRunsParams, out var wanted, CronParamRules.Problem))
        {
            return;
        }

        ScheduledJob? job = null;
        if ((wanted.Id ?? wanted.JobId) is not { } id || TryFind(call, state, id, out job))
        {
            Answer(call, CronQueries.Runs(state, wanted, job?.Id), ProtocolJson.Default.CronRunsResult);
        }
    }

    private void Add(MethodCall call)
    {
        if (MayOwn(call) && TryRead(call, CronParamsJson.Default.CronJobSpec, out var given) && TryComplete(call, given, former: null, out var spec))
        {
            Ask(call, (id, now) => new CronCommand.Add(id, now, CronJobId.New(), Owner(call), spec));
        }
    }

    private void Update(MethodCall call, CronState state)
    {
        if (!MayOwn(call) || !TryRead(call, CronParamsJson.Default.CronUpdateParams, out var wanted, CronParamRules.Problem) || !TryFind(call, state, wanted.Id ?? wanted.JobId!, out var job))
        {
            return;
        }

        if (wanted.ExpectedConfigRevision is { } expected && expected != CronForms.Revision(job))
        {
            Refuse(call, RefusalCode.CronJobChanged, $"{job.Id} stands at revision {CronForms.Revision(job)}; the change was made for {Trust.Shown.Line(expected)}");
            return;
        }

        var former = CronForms.Current(job);
        if (!MethodParams.TryRead(CronPatch.Apply(former, wanted.Patch), CronParamsJson.Default.CronJobSpec, out var patched, out var problem))
        {
            Invalid(call, problem!);
        }
        else if (TryComplete(call, patched, former, out var spec))
        {
            Ask(call, (id, now) => new CronCommand.Update(id, now, job.Id, Owner(call), spec, job.Revision));
        }
    }

    private void Remove(MethodCall call, CronState state)
    {
        if (!TryRead(call, CronParamsJson.Default.CronJobParams, out var wanted, given => CronParamRules.OneId(given.Id, given.JobId)))
        {
            return;
        }

        if (CronJobId.TryParse(wanted.Id ?? wanted.JobId, out var job) && state.Jobs.ContainsKey(job))
        {
            Ask(call, (id, now) => new CronCommand.Remove(id, now, job));
        }
        else
        {
            Answer(call, new CronRemoveResult(true, false), ProtocolJson.Default.CronRemoveResult);
        }
    }

    private void Run(MethodCall call, CronState state)
    {
        if (!TryRead(call, CronParamsJson.Default.CronRunParams, out var wanted, CronParamRules.Problem) || !TryFind(call, state, wanted.Id ?? wanted.JobId!, out var job))
        {
            return;
        }

        if (wanted.ExpectedProcessInstanceId is { } expected && expected != parts.Jobs.ProcessInstance)
        {
            Answer(call, NotRun("other-process"), ProtocolJson.Default.CronRunResult);
            return;
        }

        Ask(call, (id, now) => new CronCommand.Run(id, now, job.Id, wanted.Mode ?? CronRunParams.Force));
    }

    private void Wake(MethodCall call)
    {
        if (!TryRead(call, CronParamsJson.Default.WakeParams, out var wanted, CronParamRules.Problem))
        {
            return;
        }

        var key = ConversationKey.TryParse(wanted.SessionKey, out var named) ? named : ConversationKey.MainOf(wanted.AgentId ?? parts.DefaultAgent());
        var once = $"wake-{Guid.NewGuid():N}";
        _said.Ask(Context, parts.Conversations(), call, id => new ConversationCommand.Append(id, Whole(call.Now), key, new Said(Speaker.System, wanted.Text, call.Principal.Subject), once));
    }

    /// <summary>A job acts for its owner as long as it stands. A run can do nothing after its end (trust.md section 4), so it owns none, whatever its scopes.</summary>
    private bool MayOwn(MethodCall call)
    {
        if (call.Principal.Run is { } run)
        {
            Refuse(call, RefusalCode.CronNotForRuns, $"{run} is a run; a job of it would go on after its end");
        }

        return call.Principal.Run is null;
    }

    /// <param name="former">What it was; null: the job is new. What has not been changed is not judged again: a time that is past by now, a directory that is gone.</param>
    private bool TryComplete(MethodCall call, CronJobSpec given, CronJobSpec? former, out CronJobSpec spec)
    {
        var (complete, objection) = CronSpecRules.Complete(given, Whole(call.Now), CronZone.NameOf(parts.Time.LocalTimeZone), isNew: given.Schedule != former?.Schedule || (former.Enabled == false && given.Enabled != false));
        spec = complete!;
        if (objection is null && given.Payload is { Kind: CronPayloadSpec.CommandKind, Cwd: { } directory } && directory != former?.Payload.Cwd && parts.Place.For(directory).Problem is { } outside)
        {
            objection = new CronObjection(RefusalCode.DirectoryNotAllowed, $"at $.payload.cwd: {outside}");
        }

        if (objection is null && given.Schedule is { Kind: CronScheduleSpec.OnExitKind, Cwd: { } watched } && watched != former?.Schedule.Cwd && parts.Place.For(watched).Problem is { } elsewhere)
        {
            objection = new CronObjection(RefusalCode.DirectoryNotAllowed, $"at $.schedule.cwd: {elsewhere}");
        }

        if (objection is { Code: RefusalCode.InvalidRequest })
        {
            Invalid(call, objection.Message);
        }
        else if (objection is not null)
        {
            Refuse(call, objection.Code, objection.Message);
        }

        return objection is null;
    }

    private bool TryFind(MethodCall call, CronState state, string text, out ScheduledJob job)
    {
        job = null!;
        var found = CronJobId.TryParse(text, out var id) && state.Jobs.TryGetValue(id, out job!);
        if (!found)
        {
            var shown = Trust.Shown.Line(text);
            Answer(call, CallResponse.Failure(RefusalTable.Error(RefusalCode.CronJobNotFound, $"there is no job {shown}", details: JsonSerializer.SerializeToElement(new CronJobMissing(text), MethodJson.Default.CronJobMissing))));
        }

        return found;
    }

    private void Ask(MethodCall call, Func<long, DateTimeOffset, CronCommand> command) => _asked.Ask(Context, parts.Cron(), call, id => command(id, Whole(call.Now)));

    private void Replied(CronReply reply)
    {
        if (!_asked.TryTake(reply.CommandId, out var call))
        {
            return;
        }

        switch (reply)
        {
            case CronReply.Changed r: Answer(call, CronForms.Of(r.Job), ProtocolJson.Default.CronJob); break;
            case CronReply.Removed r: Answer(call, new CronRemoveResult(true, r.WasThere), ProtocolJson.Default.CronRemoveResult); break;
            case CronReply.Started r: Answer(call, new CronRunResult(true, true, parts.Jobs.ProcessInstance) { RunId = r.RunId }, ProtocolJson.Default.CronRunResult); break;
            case CronReply.NotStarted r: Answer(call, NotRun(r.Reason), ProtocolJson.Default.CronRunResult); break;
            case CronReply.Refused r: Refuse(call, r.Code, r.Message); break;
            default: throw new ArgumentOutOfRangeException(nameof(reply), reply, "no such reply");
        }
    }

    private void Said(ConversationReply reply)
    {
        if (!_said.TryTake(reply.CommandId, out var call))
        {
            return;
        }

        if (reply is ConversationReply.Refused refused)
        {
            Refuse(call, refused.Code, refused.Message);
        }
        else
        {
            Answer(call, new WakeResult(true), ProtocolJson.Default.WakeResult);
        }
    }

    private void Stopped(IActorRef actor)
    {
        foreach (var call in (List<MethodCall>)[.. _asked.TakeAll(actor), .. _said.TakeAll(actor)])
        {
            Refuse(call, RefusalCode.JournalUnavailable, "whoever was asked stopped before it answered");
        }
    }

    private CronRunResult NotRun(string reason) => new(true, false, parts.Jobs.ProcessInstance, reason);

    private static CronOwner Owner(MethodCall call) => new(call.Principal.Subject, call.Principal.Scopes, call.Principal.Device);

    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
