using Netclaw.Protocol;
using static Netclaw.Actors.Trust.AccessDecision;

namespace Netclaw.Actors.Trust;

/// <summary>Nodes without a device identity: only internal ones (trust.md section 6).</summary>
internal static class NodeChecks
{
    /// <summary>Before authentication: no secret makes up for the key. On loopback whoever fails to authenticate hears that first.</summary>
    public static AccessDecision? RemoteNode(AccessQuestion asked) =>
        asked is { Hello.Role: Role.Node, Credentials.Proof: ProofVerdict.Absent } && asked.IsRemote() ? Required(asked) : null;

    public static Refused Required(AccessQuestion asked) => new(RefusalCode.DeviceIdentityRequired, "node-identity",
        $"a node from {asked.Evidence.ClientAddress} showed no device key");

    /// <summary>Whether an internal node passed whatever the auth mode asks of it.</summary>
    public static bool IsAuthenticated(AccessQuestion asked) => asked.Options.Auth switch
    {
        AuthMode.None => asked.IsDirectLocal(),
        AuthMode.Token or AuthMode.Password => SecretChecks.IsShown(asked),
        AuthMode.TrustedProxy => asked.IsLoopbackUser() && asked.Options.TrustedProxy.Allows(asked.Options.TrustedProxy.LoopbackUser!),
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Options.Auth, "no such auth mode"),
    };
}
