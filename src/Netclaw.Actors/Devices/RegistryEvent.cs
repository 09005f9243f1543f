using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// What has happened to the registry: the only thing that is stored. Closed. Stored names and shapes are those of
/// <see cref="RegistryCodec"/>; fields are only ever added. Applying one needs nothing but the state and the event itself.
/// </summary>
public abstract record RegistryEvent([property: JsonPropertyOrder(-1)] DateTimeOffset At)
{
    public sealed record HostEnrolled(DateTimeOffset At, Device Device) : RegistryEvent(At);

    /// <summary>A new host key waits in its file beside the one in force, which stays good. In place of one that was prepared before.</summary>
    public sealed record HostCredentialRotationPrepared(DateTimeOffset At, DeviceId Key, DeviceId? Former = null) : RegistryEvent(At);

    /// <summary>The key that was prepared is in force; the former host device, if there was one, is a tombstone. No other device is in it.</summary>
    public sealed record HostCredentialRotated(DateTimeOffset At, Device Device, DeviceId? Former = null) : RegistryEvent(At);

    /// <summary>The key that was prepared is not to be had any more: what was in force stays.</summary>
    public sealed record HostCredentialRotationAbandoned(DateTimeOffset At, DeviceId Key) : RegistryEvent(At);

    public sealed record BootstrapAdvanced(DateTimeOffset At, BootstrapPhase Phase) : RegistryEvent(At);

    public sealed record CodeMinted(DateTimeOffset At, IssuedCode Code) : RegistryEvent(At);

    /// <param name="Try">The how-manieth exchange of this code has begun, from 1.</param>
    public sealed record CodeTried(DateTimeOffset At, PairingCodeId CodeId, int Try) : RegistryEvent(At);

    /// <summary>Spends the code and pairs the device, in one record.</summary>
    public sealed record CodeRedeemed(DateTimeOffset At, PairingCodeId CodeId, Device Device, string ClientAddress) : RegistryEvent(At);

    public sealed record PairingRequested(DateTimeOffset At, PendingRequest Request) : RegistryEvent(At);

    /// <summary>The same request again: it keeps its id and place, with fresh symbols and a fresh deadline.</summary>
    public sealed record PairingRetried(DateTimeOffset At, PendingRequest Request) : RegistryEvent(At);

    public sealed record PairingSuperseded(DateTimeOffset At, PairingRequestId RequestId, PairingRequestId By) : RegistryEvent(At);

    public sealed record PairingExpired(DateTimeOffset At, PairingRequestId RequestId) : RegistryEvent(At);

    public sealed record PairingDropped(DateTimeOffset At, PairingRequestId RequestId, DropCause Cause) : RegistryEvent(At);

    public sealed record PairingApproved(DateTimeOffset At, PairingRequestId RequestId, Device Device) : RegistryEvent(At);

    public sealed record PairingRejected(DateTimeOffset At, PairingRequestId RequestId, string By, string? Reason = null) : RegistryEvent(At);

    /// <summary>The device stays as a tombstone.</summary>
    public sealed record DeviceRevoked(DateTimeOffset At, DeviceId Device, string By, string? Reason = null) : RegistryEvent(At);

    /// <summary>A device found local beyond doubt was paired without a prompt.</summary>
    public sealed record DevicePairedSilently(DateTimeOffset At, Device Device, string ClientAddress) : RegistryEvent(At);

    public sealed record DeviceRenamed(DateTimeOffset At, DeviceId Device, string Name, string By) : RegistryEvent(At);

    /// <summary>Its tokens are narrowed with it: what comes back later does not come back to them.</summary>
    public sealed record DeviceScopesChanged(DateTimeOffset At, DeviceId Device, ScopeSet Scopes, string By) : RegistryEvent(At);

    /// <summary>One record for both: the former key is a tombstone, the device goes on under the new one with its name, roles and scopes.</summary>
    public sealed record DeviceRekeyed(DateTimeOffset At, DeviceId Former, Device Device) : RegistryEvent(At);

    /// <summary>In place of the token of the same role, if there was one.</summary>
    public sealed record DeviceTokenIssued(DateTimeOffset At, DeviceId Device, DeviceToken Token, string By) : RegistryEvent(At);

    public sealed record DeviceTokenRevoked(DateTimeOffset At, DeviceId Device, Role Role, string By) : RegistryEvent(At);

    /// <summary>One for a whole batch: connecting writes nothing by itself.</summary>
    public sealed record DevicesSeen(DateTimeOffset At, ImmutableArray<DeviceId> Devices) : RegistryEvent(At)
    {
        /// <summary>In one record; the rest waits for the next.</summary>
        public const int Most = 1024;
    }

    /// <summary>The first start that knew its posture: nothing to compare it with.</summary>
    public sealed record PostureRecorded(DateTimeOffset At, Posture Posture) : RegistryEvent(At);

    /// <summary>A start with another posture: local devices are not paired without a prompt until an operator confirms.</summary>
    public sealed record LocalPairingSuspended(DateTimeOffset At, Posture Posture) : RegistryEvent(At);

    public sealed record LocalPairingConfirmed(DateTimeOffset At, Posture Posture, string By) : RegistryEvent(At);

    /// <summary>The journal goes on in place of another one. Codes and requests of before are void, and so is what may have been superseded.</summary>
    /// <param name="Epoch">Above the one before; a journal that never said is of epoch 1.</param>
    public sealed record EpochBegan(DateTimeOffset At, long Epoch, EpochCause Cause) : RegistryEvent(At);

    /// <summary>What was revoked in the journal before: a device that is paired here is not any more, one that is unknown here is a tombstone.</summary>
    public sealed record TombstonesKept(DateTimeOffset At, ImmutableArray<Device> Devices) : RegistryEvent(At)
    {
        /// <summary>In one record; further ones follow in the same write.</summary>
        public const int Most = 1024;
    }

    /// <summary>Every device but the host's is kept and shut out until an operator confirms it; so is pairing without a prompt.</summary>
    public sealed record DevicesSuspended(DateTimeOffset At) : RegistryEvent(At);

    public sealed record DevicesConfirmed(DateTimeOffset At, ImmutableArray<DeviceId> Devices, string By) : RegistryEvent(At)
    {
        /// <summary>In one record; further ones follow in the same write.</summary>
        public const int Most = 1024;
    }

    /// <summary>Stands right before the event that pairs a revoked device anew, in the same atomic write; nothing else lifts a tombstone.</summary>
    public sealed record TombstoneLifted(DateTimeOffset At, DeviceId Device) : RegistryEvent(At);

    /// <summary>A device of an earlier gateway, with its key.</summary>
    public sealed record DeviceImported(DateTimeOffset At, Device Device) : RegistryEvent(At);

    /// <summary>A device of an earlier gateway that has no key yet.</summary>
    public sealed record LegacyDeviceImported(DateTimeOffset At, LegacyDevice Legacy) : RegistryEvent(At);

    /// <summary>Spends the legacy token and pairs the device, in one record.</summary>
    public sealed record LegacyDeviceEnrolled(DateTimeOffset At, LegacyDeviceId Legacy, Device Device, string ClientAddress) : RegistryEvent(At);

    /// <summary>Its token opens nothing any more; it stays as a tombstone.</summary>
    public sealed record LegacyDeviceRemoved(DateTimeOffset At, LegacyDeviceId Legacy, string By, string? Reason = null) : RegistryEvent(At);

    /// <summary>A node offers more than it may lend, and an operator is asked.</summary>
    /// <param name="InPlaceOf">What the node asked for before, and no longer does.</param>
    public sealed record SurfaceRequested(DateTimeOffset At, SurfaceRequest Request, PairingRequestId? InPlaceOf = null) : RegistryEvent(At);

    /// <summary>The same surface again: the request keeps its id, with a fresh deadline.</summary>
    public sealed record SurfaceRetried(DateTimeOffset At, PairingRequestId RequestId, string ClientAddress) : RegistryEvent(At);

    /// <summary>Nobody decided in time, or the node asks for it no more.</summary>
    public sealed record SurfaceExpired(DateTimeOffset At, PairingRequestId RequestId) : RegistryEvent(At);

    /// <summary>In place of what the node might lend before.</summary>
    /// <param name="RequestId">Null: it was vouched for when it was declared, and never waited.</param>
    public sealed record SurfaceApproved(DateTimeOffset At, DeviceId Node, ApprovedSurface Surface, PairingRequestId? RequestId = null) : RegistryEvent(At);

    /// <summary>What was approved before stays.</summary>
    public sealed record SurfaceRejected(DateTimeOffset At, PairingRequestId RequestId, string By) : RegistryEvent(At);

    /// <summary>The node lends nothing any more and asks for nothing; the device stays paired.</summary>
    public sealed record SurfaceRemoved(DateTimeOffset At, DeviceId Node, string By) : RegistryEvent(At);

    /// <summary>Of the token in the code, its hash alone.</summary>
    public sealed record SetupCodeMinted(DateTimeOffset At, IssuedSetup Setup) : RegistryEvent(At);

    /// <summary>Spends the setup code and pairs the device, in one record.</summary>
    public sealed record SetupCodeRedeemed(DateTimeOffset At, SetupCodeId Setup, Device Device, string ClientAddress) : RegistryEvent(At);
}
