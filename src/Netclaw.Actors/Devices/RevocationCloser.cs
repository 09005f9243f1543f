using System.Collections.Immutable;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Sessions;

namespace Netclaw.Actors.Devices;

/// <summary>
/// Lives for one revocation: tells every live session of the device, cuts the sockets that are not closed in time, and only then
/// lets the revocation be acknowledged. The registry goes on meanwhile.
/// </summary>
internal sealed class RevocationCloser : UntypedActor, IWithTimers
{
    /// <summary>What a session gets to say why and close by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    private readonly Revocation _revocation;
    private readonly ILogger _log;
    private readonly Dictionary<IActorRef, LiveSession> _open;

    public RevocationCloser(Revocation revocation, ILogger log)
    {
        _revocation = revocation;
        _log = log;
        _open = revocation.Sessions.ToDictionary(session => session.Actor);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartSingleTimer(nameof(GraceOver), GraceOver.Instance, Grace);
        foreach (var session in _open.Keys)
        {
            Context.Watch(session);
            session.Tell(_revocation.Input);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated gone:
                _open.Remove(gone.ActorRef);
                break;
            case GraceOver:
                RegistryLog.Cut(_log, _revocation.Reply.Device.Id.Short, _open.Count, _revocation.Sessions.Length);
                CutWhatIsLeft();
                break;
            default:
                Unhandled(message);
                break;
        }

        if (_open.Count == 0)
        {
            _revocation.Asker.Tell(_revocation.Reply, Context.Parent);
            Context.Stop(Self);
        }
    }

    /// <summary>Stopped before its time, with the registry or the system: a revoked device's sockets do not outlive that.</summary>
    protected override void PostStop() => CutWhatIsLeft();

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
}

/// <param name="Reply">Given to <paramref name="Asker"/> when no session is open any more.</param>
internal sealed record Revocation(SessionInput.DeviceRevoked Input, ImmutableArray<LiveSession> Sessions, IActorRef Asker, RegistryReply.Revoked Reply);
