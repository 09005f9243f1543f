using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Devices;

/// <summary>
/// The registry's stored names and shapes. A manifest is <c>dr</c>, its major version, a dot and the event's name; a shape only
/// ever gains optional fields. Golden files of every one are kept with the tests.
/// </summary>
public sealed class RegistryCodec : IRecordCodec<RegistryEvent, RegistryState>
{
    public const string SnapshotManifest = "dr1.snapshot";

    private static readonly Kind[] Kinds =
    [
        Kind.Of("dr1.host-enrolled", static () => RegistryJson.Default.HostEnrolled),
        Kind.Of("dr1.host-rotation-prepared", static () => RegistryJson.Default.HostCredentialRotationPrepared),
        Kind.Of("dr1.host-rotated", static () => RegistryJson.Default.HostCredentialRotated),
        Kind.Of("dr1.host-rotation-abandoned", static () => RegistryJson.Default.HostCredentialRotationAbandoned),
        Kind.Of("dr1.bootstrap", static () => RegistryJson.Default.BootstrapAdvanced),
        Kind.Of("dr1.code-minted", static () => RegistryJson.Default.CodeMinted),
        Kind.Of("dr1.code-tried", static () => RegistryJson.Default.CodeTried),
        Kind.Of("dr1.code-redeemed", static () => RegistryJson.Default.CodeRedeemed),
        Kind.Of("dr1.requested", static () => RegistryJson.Default.PairingRequested),
        Kind.Of("dr1.retried", static () => RegistryJson.Default.PairingRetried),
        Kind.Of("dr1.superseded", static () => RegistryJson.Default.PairingSuperseded),
        Kind.Of("dr1.expired", static () => RegistryJson.Default.PairingExpired),
        Kind.Of("dr1.dropped", static () => RegistryJson.Default.PairingDropped),
        Kind.Of("dr1.approved", static () => RegistryJson.Default.PairingApproved),
        Kind.Of("dr1.rejected", static () => RegistryJson.Default.PairingRejected),
        Kind.Of("dr1.revoked", static () => RegistryJson.Default.DeviceRevoked),
        Kind.Of("dr1.tombstone-lifted", static () => RegistryJson.Default.TombstoneLifted),
        Kind.Of("dr1.paired-silently", static () => RegistryJson.Default.DevicePairedSilently),
        Kind.Of("dr1.posture", static () => RegistryJson.Default.PostureRecorded),
        Kind.Of("dr1.local-pairing-suspended", static () => RegistryJson.Default.LocalPairingSuspended),
        Kind.Of("dr1.local-pairing-confirmed", static () => RegistryJson.Default.LocalPairingConfirmed),
        Kind.Of("dr1.renamed", static () => RegistryJson.Default.DeviceRenamed),
        Kind.Of("dr1.scopes", static () => RegistryJson.Default.DeviceScopesChanged),
        Kind.Of("dr1.token-issued", static () => RegistryJson.Default.DeviceTokenIssued),
        Kind.Of("dr1.token-revoked", static () => RegistryJson.Default.DeviceTokenRevoked),
        Kind.Of("dr1.rekeyed", static () => RegistryJson.Default.DeviceRekeyed),
        Kind.Of("dr1.seen", static () => RegistryJson.Default.DevicesSeen),
        Kind.Of("dr1.imported", static () => RegistryJson.Default.DeviceImported),
        Kind.Of("dr1.legacy-imported", static () => RegistryJson.Default.LegacyDeviceImported),
        Kind.Of("dr1.legacy-enrolled", static () => RegistryJson.Default.LegacyDeviceEnrolled),
        Kind.Of("dr1.legacy-removed", static () => RegistryJson.Default.LegacyDeviceRemoved),
        Kind.Of("dr1.epoch", static () => RegistryJson.Default.EpochBegan),
        Kind.Of("dr1.tombstones", static () => RegistryJson.Default.TombstonesKept),
        Kind.Of("dr1.suspended", static () => RegistryJson.Default.DevicesSuspended),
        Kind.Of("dr1.confirmed", static () => RegistryJson.Default.DevicesConfirmed),
        Kind.Of("dr1.surface-requested", static () => RegistryJson.Default.SurfaceRequested),
        Kind.Of("dr1.surface-retried", static () => RegistryJson.Default.SurfaceRetried),
        Kind.Of("dr1.surface-expired", static () => RegistryJson.Default.SurfaceExpired),
        Kind.Of("dr1.surface-approved", static () => RegistryJson.Default.SurfaceApproved),
        Kind.Of("dr1.surface-rejected", static () => RegistryJson.Default.SurfaceRejected),
        Kind.Of("dr1.surface-removed", static () => RegistryJson.Default.SurfaceRemoved),
        Kind.Of("dr1.setup-minted", static () => RegistryJson.Default.SetupCodeMinted),
        Kind.Of("dr1.setup-redeemed", static () => RegistryJson.Default.SetupCodeRedeemed),
    ];

    private static readonly FrozenDictionary<string, Kind> ByManifest = Kinds.ToFrozenDictionary(kind => kind.Manifest);
    private static readonly FrozenDictionary<Type, Kind> ByType = Kinds.ToFrozenDictionary(kind => kind.Type);

    /// <summary>Every event manifest, in the order of the union.</summary>
    public static IEnumerable<string> Manifests => Kinds.Select(kind => kind.Manifest);

    public (string Manifest, byte[] Bytes) EncodeEvent(RegistryEvent @event)
    {
        var kind = ByType[@event.GetType()];
        return (kind.Manifest, kind.Write(@event));
    }

    public RegistryEvent DecodeEvent(string manifest, ReadOnlyMemory<byte> bytes) =>
        ByManifest.TryGetValue(manifest, out var kind) ? kind.Read(bytes.Span) : throw new UnknownManifestException(manifest);

    public (string Manifest, byte[] Bytes) EncodeSnapshot(RegistryState snapshot) => (SnapshotManifest, RegistrySnapshotJson.Write(snapshot));

    /// <summary>A snapshot and the encoded events that came after it, in order, as one snapshot.</summary>
    public static byte[] ExtendSnapshot(byte[] snapshot, IReadOnlyList<(string Manifest, ReadOnlyMemory<byte> Bytes)> tail) =>
        RegistrySnapshotJson.Extend(snapshot, tail);

    public RegistryState DecodeSnapshot(string manifest, ReadOnlyMemory<byte> bytes) =>
        manifest == SnapshotManifest ? RegistrySnapshotJson.Read(bytes, DecodeEvent) : throw new UnknownManifestException(manifest);

    private delegate RegistryEvent Reader(ReadOnlySpan<byte> utf8);

    private sealed record Kind(string Manifest, Type Type, Func<RegistryEvent, byte[]> Write, Reader Read)
    {
        /// <param name="shape">Made when the first record of the kind is met: all of them would cost a start more than its records do.</param>
        public static Kind Of<T>(string manifest, Func<JsonTypeInfo<T>> shape) where T : RegistryEvent => new(
            manifest, typeof(T),
            @event => JsonSerializer.SerializeToUtf8Bytes((T)@event, shape()),
            utf8 => JsonSerializer.Deserialize(utf8, shape()) ?? throw new JsonException("the record is null"));
    }
}
