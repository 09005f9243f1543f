using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Serves <c>node.invoke</c> and what belongs to it. A call goes 1 through the rules → 2 into the table → 3 as an event to the node's connection; the node's own call comes
/// 4 back into the table → 5 as the answer to whoever waits. Watches the connections of the nodes it asked.
/// </summary>
internal sealed partial class InvokesHandler(HandlerParts parts) : MethodHandlerActor, IWithTimers
{
    private readonly InvokeTable _table = new();
    private readonly Dictionary<IActorRef, SessionId> _watched = [];
    private DateTimeOffset? _armed;

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => parts.Time.GetUtcNow();

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case NodeInvokeParams.Method: Invoke(call); break;
            case NodeInvokeResultParams.Method: Result(call); break;
            case NodeInvokeProgress.Method: Progress(call); break;
            case NodeInvokeInputParams.Method: Input(call); break;
            case NodeInvokeCancelParams.Method: Cancel(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case DueCame: CameDue(); return true;
            case NodeWent went: Step(new InvokeInput.NodeGone(Now, went.Session)); return true;
            case QueueReply reply: Queued(reply); return true;
            case Terminated gone: Gone(gone.ActorRef); return true;
            default: return false;
        }
    }

    protected override void Withdrawn(MethodCancelled gone) => Step(new InvokeInput.CallerGone(Now, new Waiter(gone.Session, gone.CallId)));

    private void Invoke(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeInvokeParams, out var wanted))
        {
            return;
        }

        var (request, refusal) = InvokeRules.Decide(wanted, call, parts.Nodes, parts.View.Current, InvokeId.New()); // 1
        if (refusal is not null)
        {
            Audited(call, wanted.Command, AuditOutcome.Refused, refusal.Error!.Code);
            Answer(call, refusal);
            return;
        }

        Step(new InvokeInput.Invoked(Now, request!), call); // 2
    }

    private void Result(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeInvokeResultParams, out var given) || Speaker(call, given.NodeId) is not { } node)
        {
            return;
        }

        _ = InvokeId.TryParse(given.Id, out var id);
        var request = _table.Find(node.Id, id);
        var (response, bytes) = request is null ? (InvokeRefusals.Cancelled(), 0) : NodeAnswer.Of(request, given); // what nobody waits for is not read
        var answer = new InvokeInput.Answered(Now, WaiterOf(call), node.Id, id, response, bytes); // 4
        if (request is null || !TryQueue(request, node, given, answer))
        {
            Step(answer);
        }
    }

    private void Progress(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeInvokeProgress, out var told) || Speaker(call, told.NodeId) is not { } node)
        {
            return;
        }

        if (told.Chunk.Length > NodeInvokeProgress.LongestChunk || told.Seq < 0)
        {
            Invalid(call, $"a chunk has at most {NodeInvokeProgress.LongestChunk} characters, and seq counts from 0");
            return;
        }

        _ = InvokeId.TryParse(told.InvokeId, out var id);
        Step(new InvokeInput.Progressed(Now, WaiterOf(call), node.Id, id, told.Seq, told.Chunk));
    }

    private void Input(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeInvokeInputParams, out var more))
        {
            return;
        }

        if (more.PayloadJson.Length > NodeInvokeProgress.LongestChunk || more.Seq < 0)
        {
            Invalid(call, $"payloadJSON has at most {NodeInvokeProgress.LongestChunk} characters, and seq counts from 0");
            return;
        }

        Step(new InvokeInput.Fed(Now, WaiterOf(call), InvokeRules.CallerOf(call.Principal), InvokeRules.NodeIdOf(more.NodeId), more.IdempotencyKey, more.Seq, more.PayloadJson));
    }

    private void Cancel(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.NodeInvokeCancelParams, out var gone))
        {
            Step(new InvokeInput.GivenUp(Now, WaiterOf(call), InvokeRules.CallerOf(call.Principal), InvokeRules.NodeIdOf(gone.NodeId), gone.IdempotencyKey));
        }
    }

    /// <summary>The node that calls; null, and the call is refused, when it speaks of another one.</summary>
    private LiveNode? Speaker(MethodCall call, string named)
    {
        if (parts.Nodes.Of(call.Session) is { } node && InvokeRules.NodeIdOf(named) == node.Id)
        {
            return node;
        }

        Invalid(call, "nodeId is not the calling node's");
        return null;
    }

    private void Step(InvokeInput input, MethodCall? call = null)
    {
        foreach (var effect in _table.Step(input))
        {
            Do(effect, call);
        }

        Arm();
    }

    private void Do(InvokeEffect effect, MethodCall? call)
    {
        switch (effect)
        {
            case InvokeEffect.Ask e:
                Audited(call!, e.Request.Command, AuditOutcome.Ok, "ok");
                Ask(e.Request);
                break;
            case InvokeEffect.Stop e: Tell(e.NodeSession, NodeInvokeCancelParams.Method, new NodeInvokeCancelEvent(e.Id.ToString(), e.Node), ProtocolJson.Default.NodeInvokeCancelEvent); break;
            case InvokeEffect.Feed e:
                Tell(e.NodeSession, NodeInvokeInputParams.Method, new NodeInvokeInputEvent(e.Id.ToString(), e.Node, e.Seq, e.PayloadJson), ProtocolJson.Default.NodeInvokeInputEvent);
                break;
            case InvokeEffect.Show e:
                Tell(e.Session, NodeInvokeProgress.Method, new NodeInvokeProgress(e.Id.ToString(), e.Node, e.Seq, e.Chunk) { IdempotencyKey = e.Key }, ProtocolJson.Default.NodeInvokeProgress);
                break;
            case InvokeEffect.Answer e: Answer(e.To.Session, e.To.CallId, e.Response); break; // 5
            case InvokeEffect.Accept e: Answer(e.To.Session, e.To.CallId, Accepted); break;
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "no such effect");
        }
    }

    private static readonly CallResponse Accepted = CallResponse.Success(JsonSerializer.SerializeToElement(new NodeCallResult(true), ProtocolJson.Default.NodeCallResult));

    private void Ask(InvokeRequest request) // 3
    {
        if (!parts.Live.TryFind(request.NodeSession, out var session))
        {
            Self.Tell(new NodeWent(request.NodeSession), ActorRefs.NoSender);
            return;
        }

        if (_watched.TryAdd(session.Actor, request.NodeSession))
        {
            Context.Watch(session.Actor); // of one that has ended meanwhile we hear at once
        }

        Tell(request.NodeSession, NodeInvokeRequestEvent.EventName, new NodeInvokeRequestEvent(request.Id.ToString(), request.Node, request.Command)
        {
            ParamsJson = request.ParamsJson, TimeoutMs = (long)request.Timeout.TotalMilliseconds, IdempotencyKey = request.Key,
        }, ProtocolJson.Default.NodeInvokeRequestEvent);
    }

    private void Tell<T>(SessionId to, string name, T payload, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form)
    {
        if (parts.Live.TryFind(to, out var session))
        {
            session.Actor.Tell(new SessionInput.EventAddressed(Now, name, JsonSerializer.SerializeToElement(payload, form)), ActorRefs.NoSender);
        }
    }

    private void Gone(IActorRef actor)
    {
        if (_watched.Remove(actor, out var session))
        {
            Step(new InvokeInput.NodeGone(Now, session));
        }
        else
        {
            QueuesStopped(actor);
        }
    }

    private void CameDue()
    {
        _armed = null;
        Step(new InvokeInput.Due(Now));
    }

    private void Arm()
    {
        if (_table.NextDue is not { } due || due >= _armed)
        {
            return;
        }

        _armed = due;
        var wait = due - Now;
        Timers.StartSingleTimer(nameof(DueCame), DueCame.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
    }

    /// <summary>What runs code, reads files or drives a browser on somebody's machine is written down, and so is what is refused.</summary>
    private void Audited(MethodCall call, string command, AuditOutcome outcome, string code)
    {
        if (outcome == AuditOutcome.Refused || CommandPolicy.IsPowerful(command))
        {
            parts.Audit.Operator(AuditKind.Invocation, $"{call.Method} {InvokeRefusals.Shown(command)}", call.Principal, call.Session, call.Now, outcome, code, null, null);
        }
    }

    private static Waiter WaiterOf(MethodCall call) => new(call.Session, call.CallId);

    /// <summary>Between the look at the directory and the event to it.</summary>
    private sealed record NodeWent(SessionId Session);

    private sealed class DueCame
    {
        public static readonly DueCame Instance = new();
    }
}
