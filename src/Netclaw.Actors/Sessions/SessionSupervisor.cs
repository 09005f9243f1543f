using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Audit;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// Parent of all sessions. A session that fails is stopped, never restarted: its transport is closed with <c>internal_error</c> and no other
/// session notices. One timer ticks for all.
/// </summary>
public sealed class SessionSupervisor : UntypedActor, IWithTimers
{
    private readonly SessionParts _parts;
    private Draining? _draining;

    public SessionSupervisor(SessionParts parts) => _parts = parts;

    public static Props Props(SessionParts parts) => Akka.Actor.Props.Create(() => new SessionSupervisor(parts));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, Limits.TickInterval);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OpenSession open: Open(open); break;
            case Tick: SendTick(); break;
            case DrainSessions drain: Drain(drain); break;
            case Terminated gone: Ended(gone.ActorRef); break;
            default: Unhandled(message); break;
        }
    }

    private void Open(OpenSession open)
    {
        if (_draining is { } draining)
        {
            Refuse(open, RefusalCode.GatewayStopping, draining.Reason);
        }
        else if (_parts.Live.Count >= _parts.Options.Most)
        {
            Refuse(open, RefusalCode.TooManyConnections, $"{_parts.Options.Most} sessions are live");
        }
        else
        {
            var session = Context.ActorOf(Akka.Actor.Props.CreateBy(new SessionProducer(_parts, open)), open.Id.ToString());
            Sender.Tell(new SessionOpened(open.Id, session));
        }
    }

    private void Refuse(OpenSession open, RefusalCode code, string seen)
    {
        HandshakeTrace.Refuse(open.Id, open.Evidence, code, _parts.Time.GetUtcNow());
        open.Transport.Close(RefusalTable.For(code).WebSocketClose, RefusalTable.Error(code, seen));
        Sender.Tell(new SessionRefused(open.Id, code));
    }

    private void SendTick()
    {
        var now = _parts.Time.GetUtcNow();
        var tick = JsonSerializer.SerializeToElement(new TickEvent(now.ToUnixTimeMilliseconds()), SessionEventJson.Default.TickEvent);
        SessionBroadcast.Tell(_parts.Live, new SessionInput.EventPublished(now, TickEvent.EventName, tick, Protocol.Scope.None));
    }

    private void Drain(DrainSessions drain)
    {
        if (_draining is { } already)
        {
            already.Waiting.Add(Sender);
            Drained(already);
            return;
        }

        var sessions = Context.GetChildren().ToHashSet();
        _draining = new Draining(drain.Reason, sessions, sessions.Count, [Sender]);
        SessionLog.Draining(_parts.Log, sessions.Count, drain.Deadline);
        var input = new SessionInput.DrainRequested(_parts.Time.GetUtcNow(), drain.Reason, drain.Deadline);
        foreach (var session in sessions)
        {
            Context.Watch(session);
            session.Tell(input);
        }

        Drained(_draining);
    }

    private void Ended(IActorRef session)
    {
        if (_draining is { } draining && draining.Left.Remove(session))
        {
            Drained(draining);
        }
    }

    private static void Drained(Draining draining)
    {
        if (draining.Left.Count > 0)
        {
            return;
        }

        foreach (var waiting in draining.Waiting)
        {
            waiting.Tell(new SessionsDrained(draining.Sessions));
        }

        draining.Waiting.Clear();
    }

    private sealed record Draining(string Reason, HashSet<IActorRef> Left, int Sessions, List<IActorRef> Waiting);

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
