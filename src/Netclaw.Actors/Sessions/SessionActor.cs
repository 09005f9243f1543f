using Akka.Actor;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// The shell around <see cref="SessionMachine"/>: turns messages into inputs, goes through one gate, does the effects in order. It ends when its
/// transport is gone; a defect in it ends this session with <c>internal_error</c> and nothing else.
/// </summary>
internal sealed partial class SessionActor : UntypedActor
{
    private readonly SessionParts _parts;
    private readonly ISessionTransport _transport;
    private readonly LiveSession _live;
    private SessionState _state;
    private SessionInput? _followUp;
    private IActorRef? _asked;
    private HandshakeTrace? _trace;
    private ICancelable? _timer;
    private DateTimeOffset? _armed;
    private bool _failed;

    public SessionActor(SessionParts parts, OpenSession open)
    {
        _parts = parts;
        _transport = open.Transport;
        _state = new SessionState.AwaitingHello(
            new SessionFacts(open.Id, open.Evidence, parts.Gateway, parts.Methods), open.Challenge, open.Deadline);
        _live = new LiveSession(Self, open.Transport, _state);
        _trace = HandshakeTrace.Begin(open.Id, open.Evidence);
    }

    private DateTimeOffset Now => _parts.Time.GetUtcNow();

    protected override void PreStart()
    {
        Arm();
        _parts.Live.Enter(_live);
    }

    protected override void OnReceive(object message)
    {
        try
        {
            switch (message)
            {
                case SessionInput input: Apply(input); break;
                case MethodResult result: Apply(new SessionInput.CallAnswered(Now, result)); break;
                case RegistryReply reply: Apply(new SessionInput.RegistryAnswered(Now, reply)); break;
                case DeadlineCame due: Apply(new SessionInput.DeadlinePassed(Now, due.At)); break;
                case Terminated gone when gone.ActorRef.Equals(_asked): Apply(new SessionInput.RegistryStopped(Now)); break;
                default: Unhandled(message); break;
            }
        }
        catch
        {
            _failed = true;
            throw;
        }
    }

    protected override void PostStop()
    {
        Disarm();
        try
        {
            if (_failed || _state is not SessionState.Closed)
            {
                EndEarly();
            }
        }
        finally
        {
            _parts.Live.Leave(_live);
        }
    }

    /// <summary>The one gate: every change of state goes through here.</summary>
    private void Apply(SessionInput input)
    {
        for (SessionInput? next = input; next is not null; next = Interlocked.Exchange(ref _followUp, null))
        {
            var before = _state;
            var (after, effects) = SessionMachine.Step(before, next);
            if (!ReferenceEquals(before, after))
            {
                // Whoever sees a state may rely on its deadline being armed.
                _state = after;
                Arm();
                _live.Publish(after);
                NotePresence(before, after);
                SessionLog.Changed(_parts.Log, after.Facts.Id, before, after);
                _trace = _trace?.Saw(before, next, after);
            }

            foreach (var effect in effects)
            {
                Do(effect);
            }
        }
    }

    private void NotePresence(SessionState before, SessionState after)
    {
        if (PresenceRows.Shows(before) != PresenceRows.Shows(after))
        {
            _parts.Bulletin.Note();
        }
    }

    /// <summary>Stopped before the conversation was over: by a defect here, or because the whole system goes down.</summary>
    private void EndEarly()
    {
        var code = _failed ? RefusalCode.InternalError : RefusalCode.GatewayStopping;
        var seen = _failed ? "this session failed and was ended" : "gateway stopping";
        var violated = new SessionInput.Violated(Now, code, seen);
        var (after, effects) = SessionMachine.Step(_state, violated);
        SessionLog.EndedEarly(_parts.Log, _state.Facts.Id, _state.Name, RefusalTable.For(code).Name);
        _trace = _trace?.Saw(_state, violated, after);
        NotePresence(_state, after);
        _state = after;
        _live.Publish(after);

        foreach (var effect in effects)
        {
            DoDespite(effect);
        }

        // It may have failed while it was closing; closing is idempotent.
        DoDespite(new SessionEffect.Close(RefusalTable.For(code).WebSocketClose, RefusalTable.Error(code, seen)));

        // Nobody is left to see the transport go, so it is cut if it has not gone by itself.
        Context.System.Scheduler.Advanced.ScheduleOnce(SessionMachine.CloseGrace, _transport.Abort);
    }

    /// <summary>What is broken already must not keep the rest of the ending from being done.</summary>
    private void DoDespite(SessionEffect effect)
    {
        try
        {
            Do(effect);
        }
        catch (Exception e)
        {
            SessionLog.EndingFailed(_parts.Log, e, _state.Facts.Id, effect.GetType().Name);
        }
    }

    private void Arm()
    {
        if (_state.Until == _armed)
        {
            return;
        }

        Disarm();
        if (_state.Until is { } at)
        {
            var wait = at - Now;
            _armed = at;
            _timer = Context.System.Scheduler.ScheduleTellOnceCancelable(
                wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Self, new DeadlineCame(at), Self);
        }
    }

    private void Disarm()
    {
        _timer?.Cancel();
        _timer = null;
        _armed = null;
    }

    private sealed record DeadlineCame(DateTimeOffset At);
}
