using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Who may read over plain HTTP what the gateway says about itself: its metrics, and why it is not ready (trust.md section 9).</summary>
public static class InsideAccess
{
    /// <summary>A process of this machine, straight to a gateway that only this machine reaches: no credential is asked for, so none is to be checked.</summary>
    public static bool IsFree(AccessQuestion asked) =>
        asked.Evidence is { Listener: ListenerKind.Tcp, HostAllowed: true } && asked.IsDirectLocal() && !asked.IsFromBrowser();

    /// <summary>Everybody else is decided by the policy like any other operator, and needs read.</summary>
    /// <param name="asked">Its hello is <see cref="Hello"/>.</param>
    public static AccessDecision Decide(TrustPolicy policy, AccessQuestion asked) => policy.Decide(asked) switch
    {
        AccessDecision.Granted { Principal.Scopes: var scopes } when !scopes.Covers(Scope.Read) => new AccessDecision.Refused(
            RefusalCode.MissingScope, "scopes", $"what was shown gives {(scopes.IsEmpty ? "no scope" : scopes)} there, and {new ScopeSet(Scope.Read)} is needed"),
        var decision => decision,
    };

    /// <summary>What such a request asks for.</summary>
    public static Hello Hello { get; } = new()
    {
        Role = Role.Operator, Scopes = new ScopeSet(Scope.Read), Client = new ClientInfo { Id = "http", Version = "1", Platform = "http" },
    };
}
