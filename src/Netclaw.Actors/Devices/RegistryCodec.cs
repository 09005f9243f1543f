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
        Kind.Of("dr1.host-enrolled", RegistryJson.Default.HostEnrolled),
        Kind.Of("dr1.host-rotation-prepared", RegistryJson.Default.HostCredentialRotationPrepared),
        Kind.Of("dr1.host-rotated", RegistryJson.Default.HostCredentialRotated),
        Kind.Of("dr1.host-rotation-abandoned", RegistryJson.Default.HostCredentialRotationAbandoned),
        Kind.Of("dr1.bootstrap", RegistryJson.Default.BootstrapAdvanced),
        Kind.Of("dr1.code-minted", RegistryJson.Default.CodeMinted),
        Kind.Of("dr1.code-tried", RegistryJson.Default.CodeTried),
        Kind.Of("dr1.code-redeemed", RegistryJson.Default.CodeRedeemed),
        Kind.Of("dr1.requested", RegistryJson.Default.PairingRequested),
        Kind.Of("dr1.retried", RegistryJson.Default.PairingRetried),
        Kind.Of("dr1.superseded", RegistryJson.Default.PairingSuperseded),
        Kind.Of("dr1.expired", RegistryJson.Default.PairingExpired),
        Kind.Of("dr1.dropped", RegistryJson.Default.PairingDropped),
        Kind.Of("dr1.approved", RegistryJson.Default.PairingApproved),
        Kind.Of("dr1.rejected", RegistryJson.Default.PairingRejected),
        Kind.Of("dr1.revoked", RegistryJson.Default.DeviceRevoked),
        Kind.Of("dr1.tombstone-lifted", RegistryJson.Default.TombstoneLifted),
        Kind.Of("dr1.paired-silently", RegistryJson.Default.DevicePairedSilently),
        Kind.Of("dr1.posture", RegistryJson.Default.PostureRecorded),
        Kind.Of("dr1.local-pairing-suspended", RegistryJson.Default.LocalPairingSuspended),
        Kind.Of("dr1.local-pairing-confirmed", RegistryJson.Default.LocalPairingConfirmed),
        Kind.Of("dr1.renamed", RegistryJson.Default.DeviceRenamed),
        Kind.Of("dr1.scopes", RegistryJson.Default.DeviceScopesChanged),
        Kind.Of("dr1.token-issued", RegistryJson.Default.DeviceTokenIssued),
        Kind.Of("dr1.token-revoked", RegistryJson.Default.DeviceTokenRevoked),
        Kind.Of("dr1.rekeyed", RegistryJson.Default.DeviceRekeyed),
        Kind.Of("dr1.seen", RegistryJson.Default.DevicesSeen),
        Kind.Of("dr1.imported", RegistryJson.Default.DeviceImported),
        Kind.Of("dr1.legacy-imported", RegistryJson.Default.LegacyDeviceImported),
        Kind.Of("dr1.legacy-enrolled", RegistryJson.Default.LegacyDeviceEnrolled),
        Kind.Of("dr1.legacy-removed", RegistryJson.Default.LegacyDeviceRemoved),
        Kind.Of("dr1.epoch", RegistryJson.Default.EpochBegan),
        Kind.Of("dr1.tombstones", RegistryJson.Default.TombstonesKept),
        Kind.Of("dr1.suspended", RegistryJson.Default.DevicesSuspended),
        Kind.Of("dr1.confirmed", RegistryJson.Default.DevicesConfirmed),
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
        public static Kind Of<T>(string manifest, JsonTypeInfo<T> shape) where T : RegistryEvent => new(
            manifest, typeof(T),
            @event => JsonSerializer.SerializeToUtf8Bytes((T)@event, shape),
            utf8 => JsonSerializer.Deserialize(utf8, shape) ?? throw new JsonException("the record is null"));
    }
}
