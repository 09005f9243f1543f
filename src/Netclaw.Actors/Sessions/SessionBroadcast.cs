namespace Netclaw.Actors.Sessions;

/// <summary>Tells every session; each decides by its own role and scopes whether its client hears of it.</summary>
public static class SessionBroadcast
{
    public static void Tell(LiveSessions live, SessionInput.EventPublished published)
    {
        foreach (var session in live.All)
        {
            session.Actor.Tell(published, Akka.Actor.ActorRefs.NoSender);
        }
    }
}
