using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>Event <c>tick</c>: the connection lives. <paramref name="Ts"/>: server clock, Unix ms.</summary>
public sealed record TickEvent(long Ts)
{
    public const string EventName = "tick";
}

/// <summary>Event <c>shutdown</c>: no new calls from now on.</summary>
public sealed record ShutdownEvent(string Reason)
{
    public const string EventName = "shutdown";
}

/// <summary>Event <c>presence</c>: who is there now; the gateway first, then at most <see cref="Methods.PresenceRows.Most"/> of those who stay, the latest.</summary>
public sealed record PresenceEvent(ImmutableArray<PresenceRow> Presence)
{
    public const string EventName = "presence";
}

/// <summary>Event <c>device.pair.resolved</c>.</summary>
/// <param name="Decision">approved or rejected.</param>
public sealed record PairResolvedEvent(PairingRequestId RequestId, DeviceId DeviceId, string Decision, long Ts);

/// <summary>Event <c>device.pair.changed</c>: a device was renamed, or its scopes, token or key changed.</summary>
public sealed record PairChangedEvent(DeviceId DeviceId, string Label, ScopeSet Scopes, long Ts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TickEvent))]
[JsonSerializable(typeof(ShutdownEvent))]
[JsonSerializable(typeof(PresenceEvent))]
[JsonSerializable(typeof(PairResolvedEvent))]
[JsonSerializable(typeof(PairChangedEvent))]
public sealed partial class SessionEventJson : JsonSerializerContext;

/// <summary>What operators with the pairing scope hear.</summary>
public static class PairingEvents
{
    public const string Requested = "device.pair.requested";
    public const string Resolved = "device.pair.resolved";
    public const string Changed = "device.pair.changed";

    public static SessionInput.EventPublished Request(DateTimeOffset now, PendingRequest request) =>
        new(now, Requested, JsonSerializer.SerializeToElement(ToMessage(request), ProtocolJson.Default.PendingPairing), Scope.Pairing);

    public static SessionInput.EventPublished Resolution(DateTimeOffset now, PairingRequestId request, DeviceId device, bool approved) =>
        new(now, Resolved, JsonSerializer.SerializeToElement(
            new PairResolvedEvent(request, device, approved ? "approved" : "rejected", now.ToUnixTimeMilliseconds()),
            SessionEventJson.Default.PairResolvedEvent), Scope.Pairing);

    public static SessionInput.EventPublished Change(DateTimeOffset now, Device device) =>
        new(now, Changed, JsonSerializer.SerializeToElement(
            new PairChangedEvent(device.Id, device.Name, device.Scopes, now.ToUnixTimeMilliseconds()), SessionEventJson.Default.PairChangedEvent), Scope.Pairing);

    public static PendingPairing ToMessage(PendingRequest request) => new(
        request.Id, request.Key.DeviceId, request.Key, request.Name, request.Platform, request.Role, request.Scopes, request.ClientAddress,
        request.Symbols, request.LastAt.ToUnixTimeMilliseconds(), request.ExpiresAt.ToUnixTimeMilliseconds());
}
