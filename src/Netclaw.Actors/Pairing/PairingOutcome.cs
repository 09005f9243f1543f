using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>What an event means for the connections that wait for a request.</summary>
/// <param name="Approved">The device, when it was let in.</param>
/// <param name="Code">Why not, otherwise.</param>
internal sealed record PairingOutcome(PairingRequestId RequestId, Device? Approved, RefusalCode? Code, string? Reason)
{
    /// <summary>Null when the event decides nobody's request.</summary>
    public static PairingOutcome? Of(RegistryEvent @event) => @event switch
    {
        RegistryEvent.PairingApproved(_, var id, var device) => new(id, device, null, null),
        RegistryEvent.PairingRejected(_, var id, _, var reason) => new(id, null, RefusalCode.PairingRejected, reason),
        RegistryEvent.PairingExpired(_, var id) => new(id, null, RefusalCode.PairingRequestExpired, null),
        RegistryEvent.PairingSuperseded(_, var id, var by) => new(id, null, RefusalCode.PairingRequestSuperseded, $"request {by} has taken its place"),
        RegistryEvent.PairingDropped(_, var id, DropCause.CrowdedOut) =>
            new(id, null, RefusalCode.TooManyConnections, "too many pairing requests were waiting; this one was the oldest of its address"),
        RegistryEvent.PairingDropped(_, var id, DropCause.DeviceRevoked) => new(id, null, RefusalCode.DeviceRevoked, null),
        _ => null,
    };
}
