using System.Globalization;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>The Unix sockets: the kernel names the peer, nothing that a remote peer can send takes part (trust.md section 3).</summary>
internal static class SocketChecks
{
    public static AccessDecision? Bridged(AccessQuestion asked) => asked.Evidence switch
    {
        { Origin: { } origin } => Bridge($"Origin {Shown.Line(origin)}"),
        { CrossSite: true } => Bridge("Sec-Fetch-Site"),
        { Forwarded: true } => Bridge("proxy headers"),
        { Host: var host } when !LoopbackHost.IsLocal(host) => Bridge($"Host {Shown.Line(host!)}"),
        _ => null,
    };

    public static AccessDecision? ForeignUser(AccessQuestion asked) => UnknownUser(asked) ?? (asked.Options.IsOwner(asked.Evidence.Peer!.UserId) ? null
        : NotAllowed(asked, string.Create(CultureInfo.InvariantCulture, $"the daemon to uid {asked.Options.OwnerUserId}")));

    public static AccessDecision? UnlistedUser(AccessQuestion asked) => UnknownUser(asked) ?? (IsListed(asked) ? null
        : NotAllowed(asked, "and neither it nor any of its groups is listed in control.allowUsers or control.allowGroups"));

    /// <summary>A process that the daemon started shares its uid and proves nothing by it. Unknown descent satisfies no rule.</summary>
    public static AccessDecision? Descendant(AccessQuestion asked) => asked.Evidence.Peer?.DescendsFromDaemon switch
    {
        false => null,
        true => new Refused(RefusalCode.SpawnCredentialRequired, "descendant", "the process descends from the daemon and showed no spawn credential"),
        null => new Refused(RefusalCode.SpawnCredentialRequired, "descendant", "whether the process descends from the daemon could not be told"),
    };

    public static AccessDecision LocalOperator(AccessQuestion asked) => Grant(asked, AuthMethod.ControlSocket, ScopeSet.All, "control");

    public static AccessDecision SharedOperator(AccessQuestion asked) => asked.Options.IsOwner(asked.Evidence.Peer!.UserId)
        ? LocalOperator(asked)
        : Grant(asked, AuthMethod.SharedSocket, asked.Options.ControlScopes, "shared");

    private static Granted Grant(AccessQuestion asked, AuthMethod method, ScopeSet most, string place) => new(new Principal(
        method, asked.Hello.Role, asked.Hello.Wanted(most), Device: null,
        string.Create(CultureInfo.InvariantCulture, $"{place}:uid={asked.Evidence.Peer!.UserId}")));

    private static Refused? UnknownUser(AccessQuestion asked) => asked.Evidence.Peer switch
    {
        null => new Refused(RefusalCode.PeerCredentialsUnavailable, "peer-user", "the kernel named no process"),
        { UserId: UserId.Overflow } => new Refused(RefusalCode.PeerCredentialsUnavailable, "peer-user", "the kernel named the overflow user"),
        _ => null,
    };

    private static bool IsListed(AccessQuestion asked)
    {
        var (peer, options) = (asked.Evidence.Peer!, asked.Options);
        return options.IsOwner(peer.UserId)
            || options.ControlUsers.Contains(peer.UserId)
            || options.ControlGroups.Any(group => group != UserId.Overflow && (group == peer.GroupId || peer.Groups.Contains(group)));
    }

    private static Refused NotAllowed(AccessQuestion asked, string seen) => new(RefusalCode.PeerUidNotAllowed, "peer-user",
        string.Create(CultureInfo.InvariantCulture, $"the process belongs to uid {asked.Evidence.Peer!.UserId}, {seen}"));

    private static Refused Bridge(string seen) => new(RefusalCode.ControlSocketBridged, "bridged", seen);
}
