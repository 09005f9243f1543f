using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>The head of a snapshot: everything but the devices. Names are not in it: they follow from the devices.</summary>
/// <param name="Epoch">Left out: 1.</param>
internal sealed record StoredRegistry(
    BootstrapPhase Bootstrap, ImmutableArray<PendingRequest> Pending, ImmutableArray<IssuedCode> Codes,
    ImmutableArray<SupersededRequest> Superseded, DeviceId? Host = null, Posture? Posture = null, bool? LocalPairingSuspended = null,
    DeviceId? PreparedHost = null, ImmutableArray<LegacyDevice>? Legacy = null, long? Epoch = null,
    ImmutableArray<StoredSurface>? Surfaces = null, ImmutableArray<SurfaceRequest>? SurfaceRequests = null,
    ImmutableArray<IssuedSetup>? Setups = null);

/// <summary>What one node may lend.</summary>
internal sealed record StoredSurface(DeviceId Node, ApprovedSurface Surface);

/// <summary>The stored form of every event, compiled ahead: no reflection at start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16,
    Converters = [typeof(DeviceJsonConverter)])]
[JsonSerializable(typeof(RegistryEvent.HostEnrolled))]
[JsonSerializable(typeof(RegistryEvent.HostCredentialRotationPrepared))]
[JsonSerializable(typeof(RegistryEvent.HostCredentialRotated))]
[JsonSerializable(typeof(RegistryEvent.HostCredentialRotationAbandoned))]
[JsonSerializable(typeof(RegistryEvent.BootstrapAdvanced))]
[JsonSerializable(typeof(RegistryEvent.CodeMinted))]
[JsonSerializable(typeof(RegistryEvent.CodeTried))]
[JsonSerializable(typeof(RegistryEvent.CodeRedeemed))]
[JsonSerializable(typeof(RegistryEvent.PairingRequested))]
[JsonSerializable(typeof(RegistryEvent.PairingRetried))]
[JsonSerializable(typeof(RegistryEvent.PairingSuperseded))]
[JsonSerializable(typeof(RegistryEvent.PairingExpired))]
[JsonSerializable(typeof(RegistryEvent.PairingDropped))]
[JsonSerializable(typeof(RegistryEvent.PairingApproved))]
[JsonSerializable(typeof(RegistryEvent.PairingRejected))]
[JsonSerializable(typeof(RegistryEvent.DeviceRevoked))]
[JsonSerializable(typeof(RegistryEvent.TombstoneLifted))]
[JsonSerializable(typeof(RegistryEvent.DevicePairedSilently))]
[JsonSerializable(typeof(RegistryEvent.PostureRecorded))]
[JsonSerializable(typeof(RegistryEvent.LocalPairingSuspended))]
[JsonSerializable(typeof(RegistryEvent.LocalPairingConfirmed))]
[JsonSerializable(typeof(RegistryEvent.DeviceRenamed))]
[JsonSerializable(typeof(RegistryEvent.DeviceScopesChanged))]
[JsonSerializable(typeof(RegistryEvent.DeviceTokenIssued))]
[JsonSerializable(typeof(RegistryEvent.DeviceTokenRevoked))]
[JsonSerializable(typeof(RegistryEvent.DeviceRekeyed))]
[JsonSerializable(typeof(RegistryEvent.DevicesSeen))]
[JsonSerializable(typeof(RegistryEvent.DeviceImported))]
[JsonSerializable(typeof(RegistryEvent.LegacyDeviceImported))]
[JsonSerializable(typeof(RegistryEvent.LegacyDeviceEnrolled))]
[JsonSerializable(typeof(RegistryEvent.LegacyDeviceRemoved))]
[JsonSerializable(typeof(RegistryEvent.EpochBegan))]
[JsonSerializable(typeof(RegistryEvent.TombstonesKept))]
[JsonSerializable(typeof(RegistryEvent.DevicesSuspended))]
[JsonSerializable(typeof(RegistryEvent.DevicesConfirmed))]
[JsonSerializable(typeof(RegistryEvent.SurfaceRequested))]
[JsonSerializable(typeof(RegistryEvent.SurfaceRetried))]
[JsonSerializable(typeof(RegistryEvent.SurfaceExpired))]
[JsonSerializable(typeof(RegistryEvent.SurfaceApproved))]
[JsonSerializable(typeof(RegistryEvent.SurfaceRejected))]
[JsonSerializable(typeof(RegistryEvent.SurfaceRemoved))]
[JsonSerializable(typeof(RegistryEvent.SetupCodeMinted))]
[JsonSerializable(typeof(RegistryEvent.SetupCodeRedeemed))]
[JsonSerializable(typeof(StoredRegistry))]
[JsonSerializable(typeof(Device[]))]
internal sealed partial class RegistryJson : JsonSerializerContext;
