using System.Runtime.InteropServices;
using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Bulletins;

/// <summary>Tells everybody who may hear it: presence when somebody came or went, at the pace of <see cref="BulletinPace"/>; health once a minute.</summary>
internal sealed class BulletinActor(HandlerParts parts, Bulletin bulletin) : UntypedActor, IWithTimers
{
    /// <summary>The protocol's own (gateway-protocol.md section 1).</summary>
    private static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(60);

    private DateTimeOffset _notBefore;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        bulletin.KeptBy(Self);
        TellPresence(); // the gateway itself is the first row
        _notBefore = default;
        Timers.StartPeriodicTimer(nameof(Due.Health), Due.Health, HealthInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Bulletin.Noted: Consider(); break;
            case Due.Presence: TellPresence(); break;
            case Due.Health: TellHealth(); break;
            default: Unhandled(message); break;
        }
    }

    private void Consider()
    {
        if (_notBefore - parts.Time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(nameof(Due.Presence), Due.Presence, wait);
        }
        else
        {
            TellPresence();
        }
    }

    private void TellPresence()
    {
        bulletin.TakeUp();
        var now = parts.Time.GetUtcNow();
        var payload = JsonSerializer.SerializeToElement(new PresenceEvent(PresenceRows.Latest(parts.Gateway, parts.Daemon, parts.Live)), SessionEventJson.Default.PresenceEvent);
        var version = bulletin.Posted.Version with { Presence = bulletin.Posted.Version.Presence + 1 };
        bulletin.Post(new Bulletin.Posting(payload.GetProperty("presence"u8), version));
        var told = SessionBroadcast.Tell(parts.Live, new SessionInput.EventPublished(now, PresenceEvent.EventName, payload, Protocol.Scope.Read, version));
        _notBefore = now + BulletinPace.After(JsonMarshal.GetRawUtf8Value(payload).Length, told);
    }

    private void TellHealth()
    {
        var now = parts.Time.GetUtcNow();
        var version = bulletin.Posted.Version with { Health = bulletin.Posted.Version.Health + 1 };
        bulletin.Post(bulletin.Posted with { Version = version });
        var health = new HealthResult(parts.Health.IsHealthy, parts.Daemon.Phase, (long)(now - parts.Daemon.StartedAt).TotalMilliseconds, now.ToUnixTimeMilliseconds());
        var payload = JsonSerializer.SerializeToElement(health, ProtocolJson.Default.HealthResult);
        SessionBroadcast.Tell(parts.Live, new SessionInput.EventPublished(now, HealthResult.EventName, payload, Protocol.Scope.None, version));
    }

    private enum Due
    {
        Presence,
        Health,
    }
}
