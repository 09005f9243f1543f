using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>runs.*</c>: asks the actor of runs and answers when it is durable. When that stops, what is open is answered <c>journal_unavailable</c>.</summary>
internal sealed class RunsHandler(HandlerParts parts) : MethodHandlerActor, IWithTimers
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);

    private readonly OpenQuestions<Asked> _asked = new();

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case RunsSpawnParams.Method: Spawn(call); break;
            case RunsListParams.Method: List(call); break;
            case RunsGetParams.Method: Get(call); break;
            case RunsWaitParams.Method: Wait(call); break;
            case RunsCancelParams.Method: Cancel(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case RunReply reply: Replied(reply); return true;
            case WaitOver over: Look(over.Call, state => Row(over.Call, state, over.Run)); return true;
            case Terminated gone: Stopped(gone.ActorRef); return true;
            default: return false;
        }
    }

    protected override void Withdrawn(MethodCancelled gone) => Timers.Cancel((gone.Session, gone.CallId));

    private void Spawn(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.RunsSpawnParams, out var wanted))
        {
            return;
        }

        var (plan, refusal) = SpawnRules.Plan(wanted, call.Principal, parts.Spawning, RunId.New(), Guid.NewGuid(), parts.Agents());
        if (refusal is null && plan!.Work is RunWork.Program program && parts.Place.For(program.Directory).Problem is { } outside)
        {
            refusal = RefusalTable.Error(RefusalCode.DirectoryNotAllowed, outside);
        }

        if (refusal is not null)
        {
            Audited(call, "spawn", AuditOutcome.Refused, refusal.Code, wanted.Runtime);
            Answer(call, CallResponse.Failure(refusal));
            return;
        }

        Ask(call, (id, now) => new RunCommand.Spawn(id, now, plan!));
    }

    private void List(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.RunsListParams, out var wanted, Problem))
        {
            Look(call, state => Success(Page(wanted, Visible(call, state), state), ProtocolJson.Default.RunsListResult));
        }
    }

    private static RunsListResult Page(RunsListParams wanted, IEnumerable<Run> visible, RunsState state)
    {
        var all = visible.Where(run => wanted.Active != true || run.IsAlive).OrderByDescending(run => run.Number).ToArray();
        var offset = wanted.Offset ?? 0;
        ImmutableArray<RunRow> page = [.. all.Skip(offset).Take(wanted.Limit ?? 50).Select(run => RunListing.Of(run, state.PositionOf(run)))];
        return new RunsListResult(page) { Total = all.Length, NextOffset = offset + page.Length is var next && page.Length > 0 && next < all.Length ? next : null };
    }

    private static string? Problem(RunsListParams wanted) => wanted switch
    {
        { Limit: < 1 or > RunsListParams.Most } => $"at $.limit: 1 to {RunsListParams.Most}",
        { Offset: < 0 } => "at $.offset: 0 or more",
        _ => null,
    };

    private void Get(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.RunsGetParams, out var wanted))
        {
            Look(call, state => Row(call, state, wanted.RunId));
        }
    }

    private void Wait(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.RunsWaitParams, out var wanted, given => given.TimeoutMs is < 0 or > RunsWaitParams.LongestMs ? $"at $.timeoutMs: 0 to {RunsWaitParams.LongestMs}" : null))
        {
            Timers.StartSingleTimer((call.Session, call.CallId), new WaitOver(call, wanted.RunId), wanted.TimeoutMs is { } ms ? TimeSpan.FromMilliseconds(ms) : DefaultWait);
            Ask(call, (id, now) => new RunCommand.Await(id, now, wanted.RunId, call.Principal.Run));
        }
    }

    private void Cancel(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.RunsCancelParams, out var wanted))
        {
            Ask(call, (id, now) => new RunCommand.Cancel(id, now, wanted.RunId, call.Principal.Run, call.Principal.Subject));
        }
    }

    /// <param name="seen">What is answered out of what there is.</param>
    private void Ask(MethodCall call, Func<long, DateTimeOffset, RunCommand> command, Func<RunsState, CallResponse>? seen = null) => _asked.Ask(
        Context, parts.Runs(), new Asked(call, seen), id => command(id, DateTimeOffset.FromUnixTimeMilliseconds(parts.Time.GetUtcNow().ToUnixTimeMilliseconds())));

    private void Look(MethodCall call, Func<RunsState, CallResponse> seen) => Ask(call, (id, now) => new RunCommand.Look(id, now), seen);

    private void Replied(RunReply reply)
    {
        if (!_asked.TryTake(reply.CommandId, out var asked))
        {
            return;
        }

        var call = asked.Call;
        switch (reply)
        {
            case RunReply.Accepted r:
                var row = RunListing.Of(r.Run, r.Position);
                Audited(call, "spawn", AuditOutcome.Ok, "ok", $"{row.RunId} {row.Runtime} {row.Program}".TrimEnd());
                Answer(call, new RunsSpawnResult("accepted", row.RunId, r.Position) { ChildSessionKey = row.ChildSessionKey }, ProtocolJson.Default.RunsSpawnResult);
                break;
            case RunReply.Cancelled r:
                Audited(call, "cancel", AuditOutcome.Ok, "ok", string.Join(' ', r.Ended));
                Answer(call, new RunsCancelResult(r.Ended), ProtocolJson.Default.RunsCancelResult);
                break;
            case RunReply.Seen r: Answer(call, asked.Seen!(r.State)); break;
            case RunReply.Over r:
                Timers.Cancel((call.Session, call.CallId));
                Look(call, state => Row(call, state, r.Run.Id));
                break;
            case RunReply.Refused r:
                Timers.Cancel((call.Session, call.CallId));
                Refuse(call, r.Code, r.Message);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(reply), reply, "no such reply");
        }
    }

    private void Stopped(IActorRef runs)
    {
        foreach (var asked in _asked.TakeAll(runs))
        {
            Timers.Cancel((asked.Call.Session, asked.Call.CallId));
            Refuse(asked.Call, RefusalCode.JournalUnavailable, "the actor of runs stopped before it answered");
        }
    }

    private static CallResponse Row(MethodCall call, RunsState state, RunId id) => Visible(call, state).FirstOrDefault(run => run.Id == id) is { } run
        ? Success(RunListing.Of(run, state.PositionOf(run), withOutput: true), ProtocolJson.Default.RunRow)
        : CallResponse.Failure(RefusalTable.Error(RefusalCode.UnknownRun, $"there is no run {id}"));

    private static IEnumerable<Run> Visible(MethodCall call, RunsState state) => call.Principal.Run is { } caller ? state.TreeOf(caller) : state.Runs.Values;

    private static CallResponse Success<T>(T result, JsonTypeInfo<T> form) =>
        CallResponse.Success(JsonSerializer.SerializeToElement(result, form));

    private void Audited(MethodCall call, string action, AuditOutcome outcome, string code, string detail) =>
        parts.Audit.Operator(AuditKind.Invocation, $"runs.{action}", call.Principal, call.Session, call.Now, outcome, code, call.Principal.Device, detail);

    private sealed record Asked(MethodCall Call, Func<RunsState, CallResponse>? Seen);

    private sealed record WaitOver(MethodCall Call, RunId Run);
}
