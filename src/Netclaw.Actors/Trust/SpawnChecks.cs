using System.Globalization;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>The credential of a child that the daemon started (trust.md section 4): a bearer, so it is good only on this machine.</summary>
internal static class SpawnChecks
{
    private const string Check = "spawn";

    public static AccessDecision? Spawned(AccessQuestion asked) => asked.Credentials switch
    {
        { Spawn: SpawnVerdict.Absent } => null,
        { Spawn: SpawnVerdict.Valid, SpawnGrant: { } grant } => CarriedOff(asked, grant) ?? Exceeds(asked.Hello, grant) ?? (AccessDecision)Grant(asked.Hello, grant),
        { Spawn: SpawnVerdict.Expired } => new Refused(RefusalCode.SpawnCredentialExpired, Check, "the run it was made for is over"),
        { Spawn: SpawnVerdict.Revoked } => new Refused(RefusalCode.SpawnCredentialRevoked, Check, "the run it was made for was cancelled"),
        _ => new Refused(RefusalCode.SpawnCredentialInvalid, Check, "no run has this credential"),
    };

    private static Refused? CarriedOff(AccessQuestion asked, SpawnGrant grant) => asked.Evidence switch
    {
        { Forwarded: true } => NotLocal("it came with proxy headers"),
        { Listener: ListenerKind.Tcp, RemoteIsOwnHost: false } => NotLocal($"it came from {asked.Evidence.ClientAddress}"),
        // A tunnel's agent delivers the Internet from loopback: there, only the kernel can say that it is the child.
        { Listener: ListenerKind.Tcp, RemoteUserId: null or UserId.Overflow } when asked.Options.Exposure.IsTunnel() => NotLocal("the kernel named no user behind the tunnel's address"),
        { Listener: ListenerKind.Tcp, RemoteUserId: { } user } when user != grant.UserId => NotLocal(Foreign(user, grant)),
        { Listener: not ListenerKind.Tcp, Peer: null or { UserId: UserId.Overflow } } => NotLocal("the kernel named no process"),
        { Listener: not ListenerKind.Tcp, Peer.UserId: var user } when user != grant.UserId => NotLocal(Foreign(user, grant)),
        _ => null,
    };

    private static Refused? Exceeds(Hello hello, SpawnGrant grant)
    {
        var missing = new ScopeSet(hello.Scopes.Flags & ~grant.Scopes.Expanded.Flags);
        return missing.IsEmpty ? null : new Refused(RefusalCode.MissingScope, Check, $"the run was not given {missing}");
    }

    private static Granted Grant(Hello hello, SpawnGrant grant) =>
        new(new Principal(AuthMethod.Spawn, hello.Role, hello.Wanted(grant.Scopes), Device: null, $"run:{grant.Run}") { Run = grant.Run });

    private static Refused NotLocal(string seen) => new(RefusalCode.SpawnCredentialNotLocal, Check, seen);

    private static string Foreign(uint user, SpawnGrant grant) =>
        string.Create(CultureInfo.InvariantCulture, $"the process belongs to uid {user}, the run to uid {grant.UserId}");
}
