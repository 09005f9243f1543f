using Akka.Actor;
using Netclaw.Actors.Approvals;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Serves <c>exec.approval.*</c>, and asks for parts of the gateway (<see cref="AskPeople"/>). Everything goes through one table. Watches the connections that asked and do not
/// wait, so that what they asked for ends with them.
/// </summary>
internal sealed partial class ApprovalsHandler(HandlerParts parts) : MethodHandlerActor, IWithTimers
{
    private readonly ApprovalTable _table = new();
    private readonly Dictionary<IActorRef, SessionId> _watched = [];
    private readonly Dictionary<ApprovalId, IActorRef> _inside = [];
    private DateTimeOffset? _armed;

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => parts.Time.GetUtcNow();

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case ExecApprovalRequestParams.Method: Request(call); break;
            case ExecApprovalWaitParams.Method: Wait(call); break;
            case ExecApprovalResolveParams.Method: Resolve(call); break;
            case PendingExecApproval.ListMethod: Answer(call, [.. _table.Pending(Now).Select(ApprovalWords.Pending)], ProtocolJson.Default.ImmutableArrayPendingExecApproval); break;
            case ExecApprovalGetParams.Method: Get(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case DueCame: CameDue(); return true;
            case AskPeople asked: Ask(asked); return true;
            case TakeBack gone: Step(new ApprovalInput.Withdrawn(Now, gone.Id)); return true;
            case Terminated gone: Gone(gone.ActorRef); return true;
            default: return false;
        }
    }

    protected override void Withdrawn(MethodCancelled gone) => Step(new ApprovalInput.CallerGone(Now, new Waiter(gone.Session, gone.CallId)));

    /// <summary>Nobody can decide any more: what is open is denied, and everybody hears so.</summary>
    protected override void PostStop()
    {
        foreach (var open in _table.Pending(Now))
        {
            Step(new ApprovalInput.Withdrawn(Now, open.Request.Id));
        }

        base.PostStop();
    }

    private void Request(MethodCall call)
    {
        var node = call.Principal.Role == Role.Node ? parts.Nodes.Of(call.Session) : null;
        if (call.Principal.Role == Role.Node && node is null)
        {
            Answer(call, InvokeRefusals.NotConnected(dispatched: false)); // it has gone while it called
            return;
        }

        if (!TryRead(call, ProtocolJson.Default.ExecApprovalRequestParams, out var wanted, given => ApprovalReading.Problem(given, node)))
        {
            return;
        }

        if (node is not null && !parts.Nodes.IsApproved(node))
        {
            Answer(call, InvokeRefusals.PairingChanged("node capability surface is awaiting operator approval; see: netclaw nodes list"));
            return;
        }

        if (!parts.Live.TryFind(call.Session, out var session))
        {
            return; // nobody is left to answer
        }

        var waits = wanted.TwoPhase != true;
        if (!waits && _watched.TryAdd(session.Actor, call.Session))
        {
            Context.Watch(session.Actor); // of one that has ended meanwhile we hear at once
        }

        Step(new ApprovalInput.Requested(Now, ApprovalReading.Request(wanted, call, node, NameOf(node), ApprovalId.New()), WaiterOf(call), waits), call);
    }

    private void Wait(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ExecApprovalWaitParams, out var wanted))
        {
            var onlyOf = call.Principal.Role == Role.Node ? ApprovalReading.Actor(call.Principal, call.Session) : null;
            Step(new ApprovalInput.Awaited(Now, WaiterOf(call), IdOf(wanted.Id), onlyOf), call);
        }
    }

    private void Resolve(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ExecApprovalResolveParams, out var said))
        {
            Step(new ApprovalInput.Resolved(
                Now, WaiterOf(call), ApprovalReading.Actor(call.Principal, call.Session), call.Principal.Subject, call.Principal.Role == Role.Operator, IdOf(said.Id), said.Decision), call);
        }
    }

    private void Get(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.ExecApprovalGetParams, out var wanted))
        {
            return;
        }

        if (_table.Find(IdOf(wanted.Id), Now) is { } open)
        {
            Answer(call, ApprovalWords.One(open), ProtocolJson.Default.ExecApprovalGetResult);
        }
        else
        {
            RefuseUnknown(call.Session, call.CallId, _table.Ended(IdOf(wanted.Id)));
        }
    }

    private void Ask(AskPeople asked)
    {
        _inside[asked.Request.Id] = Sender;
        Step(new ApprovalInput.Requested(Now, asked.Request, By: null, Waits: true));
    }

    private void Step(ApprovalInput input, MethodCall? call = null)
    {
        foreach (var effect in _table.Step(input))
        {
            Do(effect, input, call);
        }

        Arm();
    }

    private void Gone(IActorRef actor)
    {
        if (_watched.Remove(actor, out var session))
        {
            Step(new ApprovalInput.SessionGone(Now, session));
        }
    }

    private void CameDue()
    {
        _armed = null;
        Step(new ApprovalInput.Due(Now));
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

    private string? NameOf(LiveNode? node) => node?.Device is { } device ? parts.View.Current?.Devices.GetValueOrDefault(device)?.Name : null;

    /// <summary>What is no id is nobody's id.</summary>
    private static ApprovalId IdOf(string text) => ApprovalId.TryParse(text, out var id) ? id : default;

    private static Waiter WaiterOf(MethodCall call) => new(call.Session, call.CallId);

    private sealed class DueCame
    {
        public static readonly DueCame Instance = new();
    }
}
