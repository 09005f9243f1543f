using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>How an authorised connection proved itself.</summary>
public enum AuthMethod
{
    ControlSocket,
    HostKey,
    DeviceKey,
}

/// <summary>Who a connection is, decided once. Everything it may do follows from this and the registry's current snapshot.</summary>
public sealed record Principal(AuthMethod Method, Role Role, ScopeSet Scopes, DeviceId? Device, string Name)
{
    /// <summary>As audit records name it: <c>control:uid=1000</c>, <c>d_1a2b3c4d</c>.</summary>
    public string Subject => Device is { } device ? device.Short : Name;

    public string MethodName => Method switch
    {
        AuthMethod.ControlSocket => "control-socket",
        AuthMethod.HostKey => "host-key",
        AuthMethod.DeviceKey => "device-key",
        _ => throw new ArgumentOutOfRangeException(nameof(Method), Method, "no such method"),
    };
}

/// <summary>What <c>TrustPolicy.Decide</c> says. Closed.</summary>
public abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    public sealed record Granted(Principal Principal) : AccessDecision;

    /// <summary>The key is good but not paired (or asks for more than it has), and the client offered to pair.</summary>
    public sealed record MustPair(PublicKey Key, Role Role, ScopeSet Scopes, PairingIntent Intent) : AccessDecision;

    /// <param name="Check">The check that failed, in the order of trust.md section 6.</param>
    /// <param name="Seen">What was seen, without secrets.</param>
    public sealed record Refused(RefusalCode Code, string Check, string Seen) : AccessDecision;
}
