using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>What an operator allowed a node to lend: the second layer, above being paired (gateway-protocol.md 6.2).</summary>
/// <param name="Caps">Sorted.</param>
/// <param name="Commands">Sorted. A node that declares more asks again; one that declares less lends less.</param>
/// <param name="By">The subject that approved it, as audit records name it.</param>
public sealed record ApprovedSurface(ImmutableArray<string> Caps, ImmutableArray<string> Commands, DateTimeOffset ApprovedAt, string By)
{
    /// <summary>Whether nothing in these goes beyond it.</summary>
    public bool Covers(ImmutableArray<string> caps, ImmutableArray<string> commands) =>
        !caps.Except(Caps, StringComparer.Ordinal).Any() && !commands.Except(Commands, StringComparer.Ordinal).Any();
}

/// <summary>A surface that waits for an operator.</summary>
public sealed record SurfaceRequest
{
    public required PairingRequestId Id { get; init; }
    public required DeviceId Node { get; init; }

    /// <summary>Sorted.</summary>
    public required ImmutableArray<string> Caps { get; init; }

    /// <summary>Sorted; what the command policy keeps out is not in it.</summary>
    public required ImmutableArray<string> Commands { get; init; }

    /// <summary>The node has an approved surface, and this one is wider.</summary>
    public required bool Again { get; init; }
    public required string ClientAddress { get; init; }
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>The last try; the request expires <see cref="Devices.PendingRequest.PendingLifetime"/> after it.</summary>
    public required DateTimeOffset LastAt { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset ExpiresAt => LastAt + Devices.PendingRequest.PendingLifetime;

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>Whether it asks for exactly these.</summary>
    public bool IsFor(ImmutableArray<string> caps, ImmutableArray<string> commands) =>
        Caps.SequenceEqual(caps, StringComparer.Ordinal) && Commands.SequenceEqual(commands, StringComparer.Ordinal);
}
