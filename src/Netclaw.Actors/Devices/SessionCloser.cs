using System.Collections.Immutable;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// Lives for one change that ends sessions: tells each of them, cuts the sockets that are not closed in time, and only then lets the
/// change be acknowledged. The asker's own session, if it is one of them, is told after that. The registry goes on meanwhile.
/// </summary>
internal sealed class SessionCloser : UntypedActor, IWithTimers
{
    /// <summary>What a session gets to say why and close by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    /// <summary>What the asker's own session gets to read its answer and go by itself.</summary>
    public static readonly TimeSpan AskerGrace = TimeSpan.FromSeconds(1);

    private readonly SessionEnding _ending;
    private readonly ILogger _log;
    private readonly Dictionary<IActorRef, LiveSession> _open;
    private readonly LiveSession? _asker;
    private bool _acknowledged;

    public SessionCloser(SessionEnding ending, ILogger log)
    {
        _ending = ending;
        _log = log;
        _asker = ending.Sessions.FirstOrDefault(session => session.Id == ending.AskerSession);
        _open = ending.Sessions.Where(session => session != _asker).ToDictionary(session => session.Actor);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartSingleTimer(nameof(GraceOver), GraceOver.Instance, Grace);
        foreach (var session in _open.Keys)
        {
            Context.Watch(session);
            session.Tell(_ending.Input);
        }

        AcknowledgeOnceClosed();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated gone:
                _open.Remove(gone.ActorRef);
                break;
            case GraceOver:
                if (_open.Count > 0)
                {
                    RegistryLog.Cut(_log, _ending.Device.Short, _open.Count, _ending.Sessions.Length);
                    CutWhatIsLeft();
                }

                break;
            case AskerGraceOver:
                Context.Stop(Self);
                return;
            default:
                Unhandled(message);
                break;
        }

        AcknowledgeOnceClosed();
    }

    private void AcknowledgeOnceClosed()
    {
        if ((_open.Count > 0 && !Sabotage.Is(Break.AcknowledgeBeforeClosing)) || _acknowledged)
        {
            return;
        }

        _acknowledged = true;
        _ending.Asker.Tell(_ending.Reply, Context.Parent);
        if (_asker is null)
        {
            Context.Stop(Self);
        }
        else
        {
            Timers.StartSingleTimer(nameof(AskerGraceOver), AskerGraceOver.Instance, AskerGrace);
        }
    }

    /// <summary>Stopped before its time, with the registry or the system: a revoked device's sockets do not outlive that.</summary>
    protected override void PostStop()
    {
        CutWhatIsLeft();
        _asker?.Actor.Tell(_ending.Input);
    }

    private void CutWhatIsLeft()
    {
        foreach (var session in _open.Values)
        {
            session.Abort();
        }

        _open.Clear();
    }

    private sealed class GraceOver
    {
        public static readonly GraceOver Instance = new();
    }

    private sealed class AskerGraceOver
    {
        public static readonly AskerGraceOver Instance = new();
    }
}

/// <param name="Reply">Given to <paramref name="Asker"/> when no session is open any more.</param>
/// <param name="AskerSession">The session that asked for the change itself, if a session did.</param>
internal sealed record SessionEnding(
    SessionInput Input, DeviceId Device, ImmutableArray<LiveSession> Sessions, IActorRef Asker, RegistryReply Reply, SessionId? AskerSession = null);
