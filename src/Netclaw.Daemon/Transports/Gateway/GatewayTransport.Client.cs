using Akka.Actor;
using Netclaw.Actors.Sessions;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>What the client says. Inputs said before the session's actor is known wait for it; frames said before <c>connect</c> is answered wait for the answer.</summary>
internal sealed partial class GatewayTransport
{
    private const long ConnectCall = 1;
    private const int MostEarlyFrames = 15;
    private const int MostRoleErrors = 10;

    private readonly MessageLimit _limit = new();
    private readonly Dictionary<long, Asked> _open = [];
    private readonly SessionInbox _session = new();
    private List<FrameReading>? _held;
    private Step _step = Step.Silent;
    private long _lastCall;
    private int _roleErrors;
    private bool _unreadable;
    private bool _gone;

    /// <summary>How far the conversation has come.</summary>
    private enum Step
    {
        /// <summary>Nothing was said yet.</summary>
        Silent,
        Connecting,
        Open,

        /// <summary>It is ending; nothing more is heard.</summary>
        Over,
    }

    /// <summary>The longest message of the moment.</summary>
    public int MessageBytes => _limit.Bytes;

    /// <summary>The session's actor is there: what was said before goes to it first.</summary>
    public void Attach(IActorRef session)
    {
        lock (_gate)
        {
            _session.Attach(session);
        }
    }

    /// <summary>One whole message.</summary>
    public void Receive(ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            if (_step != Step.Over && !_gone)
            {
                Take(FrameReading.Read(message));
            }
        }
    }

    /// <summary>A message is larger than this stage allows.</summary>
    public void TooLarge() => Violate(RefusalCode.MessageTooLarge, $"a message of more than {_limit.Bytes} bytes");

    /// <summary>The oldest must make room.</summary>
    public void Cut(CutCause cause)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            Tell(cause == CutCause.Evicted ? new SessionInput.Evicted(now) : new SessionInput.DeadlinePassed(now, _accepted.Deadline));
        }
    }

    /// <summary>The connection is over; the last input.</summary>
    public void Gone(string cause)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return;
            }

            Tell(new SessionInput.TransportClosed(_time.GetUtcNow(), cause));
            _gone = true;
            _open.Clear();
            _closing?.Dispose();
            _last.TrySetResult();
        }
    }

    private void Take(FrameReading frame)
    {
        switch (_step, frame)
        {
            case (Step.Silent, FrameReading.Request { Method: ConnectParams.Method } request): Connect(request); break;
            case (Step.Silent, FrameReading.Request request): Call(request); break;
            case (Step.Silent, FrameReading.NoJson):
                _unreadable = true;
                Violated(RefusalCode.ProtocolViolation, "the first frame is no JSON");
                break;
            case (Step.Silent, _): Violated(RefusalCode.ProtocolViolation, "invalid request frame"); break;
            case (Step.Connecting, _) when (_held ??= []).Count >= MostEarlyFrames: Violated(RefusalCode.ProtocolViolation, "too many pending handshake frames"); break;
            case (Step.Connecting, _): _held!.Add(frame); break;
            case (Step.Open, FrameReading.Request request): Call(request); break;
            case (Step.Open, FrameReading.NoRequest none): Refuse(none); break;
            default: break; // what is no JSON after the handshake is not answered
        }
    }

    private void Connect(FrameReading.Request request)
    {
        _step = Step.Connecting;
        var call = Opened(request);
        var now = _time.GetUtcNow();
        switch (HelloReader.Read(request.Params))
        {
            case HelloReading.Accepted hello: Tell(new SessionInput.HelloReceived(now, call, hello.Hello, hello.Claim)); break;
            case HelloReading.Refused refused: Tell(new SessionInput.HelloRefused(now, call, refused.Code, refused.Error)); break;
            default:
                _open.Remove(call);
                Violated(RefusalCode.ProtocolViolation, "invalid-handshake");
                break;
        }
    }

    private void Call(FrameReading.Request request) =>
        Tell(new SessionInput.CallReceived(_time.GetUtcNow(), Opened(request), request.Method, CallForms.Parameters(request.Params))
        {
            Problem = ParamForm.Problem(request.Method, request.Params),
        });

    private long Opened(FrameReading.Request request)
    {
        var call = ++_lastCall;
        _open[call] = new Asked(request.Id, request.Method);
        return call;
    }

    private void Refuse(FrameReading.NoRequest none) => _outbound.Add(new Outbound.Message(FrameWriter.Error(
        none.Id ?? "invalid", ErrorForm.Of(RefusalTable.Error(RefusalCode.InvalidRequest, $"invalid request frame: {none.Problem}"), "frame"))));

    /// <summary>The session has answered: the handshake is over, or a client keeps calling what is not its role's.</summary>
    private void Answered(bool isHello, CallResponse response)
    {
        lock (_gate)
        {
            if (isHello && response.Ok)
            {
                _step = Step.Open;
                var held = _held ?? [];
                _held = null;
                held.ForEach(Take);
            }
            else if (!response.Ok && response.Error!.Code == RefusalTable.NameOf(RefusalCode.RoleNotAllowed) && ++_roleErrors > MostRoleErrors)
            {
                Violated(RefusalCode.ProtocolViolation, "repeated unauthorized calls");
            }
        }
    }

    private void Violate(RefusalCode code, string seen)
    {
        lock (_gate)
        {
            if (_step != Step.Over)
            {
                Violated(code, seen);
            }
        }
    }

    private void Violated(RefusalCode code, string seen)
    {
        _step = Step.Over;
        Tell(new SessionInput.Violated(_time.GetUtcNow(), code, seen));
    }

    private void Tell(SessionInput input)
    {
        if (!_gone)
        {
            _session.Tell(input);
        }
    }

    /// <summary>A call that is not answered yet: the client's own id, and what it called.</summary>
    private sealed record Asked(string Id, string Method);
}
