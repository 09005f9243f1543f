using Akka.Actor;
using Netclaw.Actors.Sessions;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>
/// Tells sessions that what they came in by no longer holds. A session that is being let in at this moment is told as well: it was checked before, so it
/// hears of it as soon as it is active. Others drop it.
/// </summary>
public static class CredentialEndings
{
    public static void Tell(LiveSessions sessions, SessionInput.RunEnded ended) =>
        Tell(sessions, ended, principal => principal.Run == ended.Run);

    public static void Tell(LiveSessions sessions, SessionInput.SecretRotated rotated) =>
        Tell(sessions, rotated, principal => principal.SecretGeneration != 0 && principal.SecretGeneration < rotated.Generation);

    private static void Tell(LiveSessions sessions, SessionInput input, Func<Principal, bool> concerns)
    {
        foreach (var session in sessions.All)
        {
            if (session.State is SessionState.Unauthenticated || (session.State.Identity is { } principal && concerns(principal)))
            {
                session.Actor.Tell(input, ActorRefs.NoSender);
            }
        }
    }
}
