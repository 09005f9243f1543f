using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>How an authorised connection proved itself.</summary>
public enum AuthMethod
{
    ControlSocket,
    HostKey,
    DeviceKey,

    /// <summary>The second socket: another user of this machine, named by the kernel.</summary>
    SharedSocket,
    DeviceToken,

    /// <summary>A setup code, in the name of the device that it has paired.</summary>
    BootstrapToken,
    Spawn,
    Token,
    Password,

    /// <summary>A user whom a trusted proxy names.</summary>
    TrustedProxy,

    /// <summary>An internal client on loopback, taken for <c>loopbackUser</c>.</summary>
    LoopbackUser,

    /// <summary>Nothing: auth mode <c>none</c>.</summary>
    None,
}

/// <summary>Who a connection is, decided once. Everything it may do follows from this and the registry's current snapshot.</summary>
public sealed record Principal(AuthMethod Method, Role Role, ScopeSet Scopes, DeviceId? Device, string Name)
{
    /// <summary>A node without a pairing of its own, admitted because it runs inside this machine's trust boundary; it serves nothing until its surface is approved.</summary>
    public bool IsInternal { get; init; }

    /// <summary>An internal node's id, drawn for this one session; nothing is ever granted to it.</summary>
    public NodeId? Node { get; init; }

    /// <summary>The run that a spawned child belongs to.</summary>
    public RunId? Run { get; init; }

    /// <summary>Which of the gateway's successive shared secrets let it in; 0 for everything else.</summary>
    public long SecretGeneration { get; init; }

    /// <summary>As audit records name it: <c>control:uid=1000</c>, <c>d_1a2b3c4d</c>, <c>proxy:alice@example.org</c>.</summary>
    public string Subject => Device is { } device ? device.Short : Name;

    public string MethodName => Method switch
    {
        AuthMethod.ControlSocket => "control-socket",
        AuthMethod.SharedSocket => "shared-socket",
        AuthMethod.HostKey => "host-key",
        AuthMethod.DeviceKey => "device-key",
        AuthMethod.DeviceToken => "device-token",
        AuthMethod.BootstrapToken => "bootstrap-token",
        AuthMethod.Spawn => "spawn",
        AuthMethod.Token => "token",
        AuthMethod.Password => "password",
        AuthMethod.TrustedProxy => "trusted-proxy",
        AuthMethod.LoopbackUser => "loopback-user",
        AuthMethod.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(Method), Method, "no such method"),
    };
}
