using System.Text.Json;

namespace Netclaw.Protocol;

/// <summary>How one connection to a gateway behaves.</summary>
public sealed class GatewayConnectionOptions
{
    /// <summary>The hash that the gateway's key must have (<see cref="PublicKey.HashText"/>): from the profile or from a pairing link. Null before the first pairing and on the control socket.</summary>
    public string? PinnedKeyHash { get; init; }

    /// <summary>From the first packet to the verified challenge. Default 10 s; too short fails on slow links, too long keeps a person waiting.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One call and its answer. Default 30 s. A call that waits for a person takes no such limit.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every event, in order, from the challenge on. Called on the connection's own loop: it must not block.</summary>
    public Action<string, JsonElement>? OnEvent { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
