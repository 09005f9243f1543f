using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// Which live sessions may not outlive a change of their device. Whoever is not active yet goes too: what it will be let in with was read before.
/// </summary>
/// <param name="Seen">What the client hears.</param>
/// <param name="Asker">The session that asked for the change.</param>
internal sealed record EndedBy(DeviceId Device, string Seen, SessionId Asker, Func<LiveSession, bool> Ends)
{
    /// <returns>Null when the change leaves connections alone.</returns>
    public static EndedBy? Change(RegistryCommand command, RegistryReply.Changed changed) => command switch
    {
        RegistryCommand.SetScopes set => new EndedBy(set.Device, "the device's scopes changed", set.Session, session =>
            PrincipalOf(session) is not { } principal || !changed.Device.Scopes.Covers(principal.Scopes)),
        RegistryCommand.RotateToken rotate => new EndedBy(rotate.Device, "the device's token was rotated", rotate.Session, session => StoodOn(rotate.Role, session)),
        RegistryCommand.RevokeToken revoke => new EndedBy(revoke.Device, "the device's token was revoked", revoke.Session, session => StoodOn(revoke.Role, session)),
        RegistryCommand.Rekey rekey => new EndedBy(rekey.Device, "the device's key was rotated", rekey.Session, _ => true),
        _ => null,
    };

    private static bool StoodOn(Role role, LiveSession session) =>
        PrincipalOf(session) is not { } principal || (principal.Method == AuthMethod.DeviceToken && principal.Role == role);

    private static Principal? PrincipalOf(LiveSession session) => session.State switch
    {
        SessionState.Active s => s.Principal,
        SessionState.Draining s => s.Principal,
        _ => null,
    };
}
