using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Event <c>connect.challenge</c>: the first thing a client hears. Shape of gateway-protocol.md 2.1, with the gateway's own proof.</summary>
/// <param name="Nonce">The server's nonce, good for this connection only.</param>
/// <param name="Ts">Server clock, Unix ms. The client signs with its own clock; this tells it when that clock is wrong.</param>
/// <param name="GatewayKey">The key to pin, or to compare with the pin.</param>
/// <param name="GatewayName">What people call this gateway.</param>
/// <param name="ClientNonce">The nonce the client sent in the url; absent when it sent none or a malformed one.</param>
/// <param name="Signature">Base64url over <see cref="NativeTranscript.Gateway"/>; absent without a client nonce.</param>
public sealed record ConnectChallenge(
    string Nonce, long Ts, PublicKey GatewayKey, string GatewayName, string? ClientNonce = null, string? Signature = null)
{
    public const string EventName = "connect.challenge";
}

/// <summary>Parameters of <c>connect</c> from a native client.</summary>
public sealed record ConnectParams
{
    public const string Method = "connect";
    public const int CurrentProtocol = 4;

    public int MinProtocol { get; init; } = CurrentProtocol;
    public int MaxProtocol { get; init; } = CurrentProtocol;
    public required ClientInfo Client { get; init; }
    public Role Role { get; init; } = Role.Operator;
    public ScopeSet Scopes { get; init; }
    public DeviceProof? Device { get; init; }
    public ConnectAuth? Auth { get; init; }

    /// <summary>What to do when the device is not paired yet; absent: be refused.</summary>
    public PairingIntent? Pairing { get; init; }
}

/// <summary>A client's own description of itself. A label proves nothing and changes no decision.</summary>
public sealed record ClientInfo
{
    public required string Id { get; init; }
    public required string Version { get; init; }
    public required string Platform { get; init; }
    public string Mode { get; init; } = "cli";
    public string? DisplayName { get; init; }
    public string? DeviceFamily { get; init; }

    /// <summary>The client's own, the same over its connections.</summary>
    public string? InstanceId { get; init; }

    /// <summary>What a node offers to do; operators lend nothing.</summary>
    public NodeSurface? Surface { get; init; }

    /// <summary>Id and version, as lists and logs name a client.</summary>
    [JsonIgnore]
    public string Label => $"{Id}/{Version}";
}

/// <summary>A signed answer to the challenge: base64url of <see cref="NativeTranscript.Device"/>'s signature.</summary>
public sealed record DeviceProof
{
    public required DeviceId Id { get; init; }
    public required PublicKey PublicKey { get; init; }
    public required string Signature { get; init; }
    public required long SignedAt { get; init; }

    /// <summary>The server nonce that was signed; must be this connection's.</summary>
    public required string Nonce { get; init; }
}

/// <summary>Credentials other than a device key.</summary>
public sealed record ConnectAuth
{
    /// <summary>The gateway's shared token.</summary>
    public Secret? Token { get; init; }

    /// <summary>The gateway's shared password.</summary>
    public Secret? Password { get; init; }

    /// <summary>The bearer token of the device whose key is shown beside it; never enough alone.</summary>
    public Secret? DeviceToken { get; init; }

    /// <summary>The bearer token that an earlier gateway gave the device: good once, to enrol the key that is shown beside it, where nobody on the way can read it.</summary>
    public Secret? LegacyToken { get; init; }

    /// <summary>The token of a setup code (<see cref="SetupLink"/>): pairs the key that is shown beside it at once; the same key may show it again within its time.</summary>
    public Secret? BootstrapToken { get; init; }

    /// <summary>The credential of a child that the daemon started.</summary>
    public Secret? SpawnToken { get; init; }
}

/// <summary>How an unknown device wants to be paired on this connection.</summary>
public sealed record PairingIntent
{
    public required PairingFlow Flow { get; init; }

    /// <summary>The name the device proposes for itself, 1-64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Request first only: base64url SHA-256 of the device's own symbol nonce, revealed later in <c>pair.request</c>.</summary>
    public string? Commitment { get; init; }
}

/// <summary>The answer to a successful <c>connect</c> (gateway-protocol.md 2.6), or the payload of <c>connect.welcome</c> once a wait for pairing ends well.</summary>
public sealed record HelloOk
{
    public const string TypeName = "hello-ok";

    /// <summary>Event that carries this when pairing was completed after <c>connect</c> had answered.</summary>
    public const string WelcomeEvent = "connect.welcome";

    public string Type { get; init; } = TypeName;
    public int Protocol { get; init; } = ConnectParams.CurrentProtocol;
    public required ServerInfo Server { get; init; }
    public required Features Features { get; init; }
    public required GrantedAuth Auth { get; init; }
    public required ConnectionPolicy Policy { get; init; }

    /// <summary>A protocol device's bearer token for the role it came in; absent for everybody else.</summary>
    public IssuedToken? DeviceToken { get; init; }

    /// <summary>Of the other roles that the setup code is good for, which it has just come in by; null: there are none.</summary>
    public ImmutableArray<HandedToken>? DeviceTokens { get; init; }
}

/// <summary>A bearer token as its device hears it.</summary>
public sealed record IssuedToken(Secret Token, long IssuedAtMs);

/// <summary>A bearer token for another role than the one its device came in.</summary>
public sealed record HandedToken(Secret Token, Role Role, ScopeSet Scopes, long IssuedAtMs);

public sealed record ServerInfo(string Version, SessionId ConnId, GatewayId GatewayId, string GatewayName);

public sealed record Features(ImmutableArray<string> Methods, ImmutableArray<string> Events);

/// <summary>Who the gateway says you are; <paramref name="NodeId"/> is an internal node's, for this connection. <paramref name="Method"/>: control-socket, see docs/guides/exposure.md.</summary>
public sealed record GrantedAuth(string Method, Role Role, ScopeSet Scopes, DeviceId? DeviceId = null, string? DeviceName = null, NodeId? NodeId = null);

public sealed record ConnectionPolicy(int MaxPayload, int MaxBufferedBytes, int TickIntervalMs);

/// <summary>Event <c>closing</c>: SignalR cannot send close codes, so the reason travels before the close.</summary>
public sealed record Closing(int Code, CallError Error)
{
    public const string EventName = "closing";
}
