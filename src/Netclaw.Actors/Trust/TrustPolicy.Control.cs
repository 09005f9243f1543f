using System.Globalization;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>The control socket: the kernel names the peer, nothing that a remote peer can send takes part (trust.md section 3).</summary>
public static partial class TrustPolicy
{
    private static AccessDecision? Bridged(AccessQuestion asked) => asked.Evidence switch
    {
        { Origin: { } origin } => Bridge($"Origin {Shown(origin)}"),
        { Forwarded: true } => Bridge("proxy headers"),
        { Host: var host } when !LoopbackHost.IsLocal(host) => Bridge($"Host {Shown(host!)}"),
        _ => null,
    };

    private static AccessDecision? ForeignPeer(AccessQuestion asked) => asked.Evidence.Peer switch
    {
        null => new Refused(RefusalCode.PeerCredentialsUnavailable, "peer-user", "the kernel named no process"),
        { UserId: UserId.Overflow } => new Refused(RefusalCode.PeerCredentialsUnavailable, "peer-user", "the kernel named the overflow user"),
        { UserId: var user } when !asked.Options.IsOwner(user) => new Refused(RefusalCode.PeerUidNotAllowed, "peer-user",
            string.Create(CultureInfo.InvariantCulture, $"the process belongs to uid {user}, the daemon to uid {asked.Options.OwnerUserId}")),
        _ => null,
    };

    /// <summary>A process that the daemon started shares its uid and proves nothing by it. Unknown descent satisfies no rule.</summary>
    private static AccessDecision? Descendant(AccessQuestion asked) => asked.Evidence.Peer?.DescendsFromDaemon switch
    {
        false => null,
        true => new Refused(RefusalCode.SpawnCredentialRequired, "descendant", "the process descends from the daemon and showed no spawn credential"),
        null => new Refused(RefusalCode.SpawnCredentialRequired, "descendant", "whether the process descends from the daemon could not be told"),
    };

    private static AccessDecision LocalOperator(AccessQuestion asked) => new Granted(new Principal(
        AuthMethod.ControlSocket, asked.Hello.Role, Wanted(asked.Hello, ScopeSet.All), Device: null,
        string.Create(CultureInfo.InvariantCulture, $"control:uid={asked.Evidence.Peer!.UserId}")));

    private static Refused Bridge(string seen) => new(RefusalCode.ControlSocketBridged, "host-and-origin", seen);
}
