using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>Method <c>system-presence</c>: one row of who is connected; the gateway itself is the first. Shape of gateway-protocol.md section 7.</summary>
/// <param name="Host">What the client calls itself, for people.</param>
/// <param name="Mode">gateway, or what the client says it is.</param>
/// <param name="Reason">self or connect.</param>
/// <param name="Ts">Since when, Unix ms.</param>
/// <param name="Text">One line for people.</param>
public sealed record PresenceRow(string Host, string Mode, string Reason, long Ts, string Text)
{
    public const string Method = "system-presence";

    /// <summary>Where it comes from; left out on the control socket.</summary>
    public string? Ip { get; init; }

    public string? Version { get; init; }
    public string? Platform { get; init; }
    public string? DeviceFamily { get; init; }

    /// <summary>Bare hex, as the gateway protocol writes ids.</summary>
    public string? DeviceId { get; init; }

    public string? InstanceId { get; init; }
    public ImmutableArray<string>? Roles { get; init; }
    public ImmutableArray<string>? Scopes { get; init; }
}

/// <summary>Method <c>gateway.identity.get</c>: the key that clients pin.</summary>
public sealed record GatewayIdentityResult(GatewayId GatewayId, PublicKey PublicKey)
{
    public const string Method = "gateway.identity.get";
}
