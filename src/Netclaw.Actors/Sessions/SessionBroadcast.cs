using Akka.Actor;
using Netclaw.Actors.Methods;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// Tells every session whose client may hear of it. The session decides again when it gets there; looking first keeps one unknown device's
/// request from waking thousands of sessions that would only drop it.
/// </summary>
public static class SessionBroadcast
{
    /// <returns>How many sessions were told.</returns>
    public static int Tell(LiveSessions live, SessionInput.EventPublished published)
    {
        var told = 0;
        foreach (var session in live.All)
        {
            if (session.State is SessionState.Active active && CallGate.Hears(published.Needed, active.Principal.Role, active.Principal.Scopes))
            {
                session.Actor.Tell(published, ActorRefs.NoSender);
                told++;
            }
        }

        return told;
    }
}
