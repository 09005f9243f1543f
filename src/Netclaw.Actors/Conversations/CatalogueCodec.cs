using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Conversations;

/// <summary>The stored names and shapes of the catalogue. A manifest is <c>cv</c>, its major version, a dot and the event's name; a shape only ever gains optional fields.</summary>
public sealed class CatalogueCodec : IRecordCodec<CatalogueEvent, CatalogueState>
{
    public const string SnapshotManifest = "cv1.snapshot";

    private const string Begun = "cv1.begun";
    private const string Patched = "cv1.patched";
    private const string Reset = "cv1.reset";
    private const string Deleted = "cv1.deleted";
    private const string Woke = "cv1.woke";
    private const string Rested = "cv1.rested";

    /// <summary>Every event manifest, in the order of the union.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Begun, Patched, Reset, Deleted, Woke, Rested];

    private static CatalogueJson Json => CatalogueJson.Default;

    public (string Manifest, byte[] Bytes) EncodeEvent(CatalogueEvent @event) => @event switch
    {
        CatalogueEvent.Begun e => (Begun, JsonSerializer.SerializeToUtf8Bytes(e, Json.Begun)),
        CatalogueEvent.Patched e => (Patched, JsonSerializer.SerializeToUtf8Bytes(e, Json.Patched)),
        CatalogueEvent.Reset e => (Reset, JsonSerializer.SerializeToUtf8Bytes(e, Json.Reset)),
        CatalogueEvent.Deleted e => (Deleted, JsonSerializer.SerializeToUtf8Bytes(e, Json.Deleted)),
        CatalogueEvent.Woke e => (Woke, JsonSerializer.SerializeToUtf8Bytes(e, Json.Woke)),
        CatalogueEvent.Rested e => (Rested, JsonSerializer.SerializeToUtf8Bytes(e, Json.Rested)),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "no such event"),
    };

    public CatalogueEvent DecodeEvent(string manifest, ReadOnlyMemory<byte> bytes) => manifest switch
    {
        Begun => Read(bytes, Json.Begun),
        Patched => Read(bytes, Json.Patched),
        Reset => Read(bytes, Json.Reset),
        Deleted => Read(bytes, Json.Deleted),
        Woke => Read(bytes, Json.Woke),
        Rested => Read(bytes, Json.Rested),
        _ => throw new UnknownManifestException(manifest),
    };

    public (string Manifest, byte[] Bytes) EncodeSnapshot(CatalogueState snapshot) => (SnapshotManifest, JsonSerializer.SerializeToUtf8Bytes(
        new StoredCatalogue(snapshot.Generation, [.. snapshot.Entries.Values.OrderBy(entry => entry.Id.Generation).Select(entry =>
            new StoredEntry(entry.Id, entry.BegunAt, entry.Awake, entry.Facts, entry.Label, entry.ArchivedAt, entry.Head))]), Json.StoredCatalogue));

    public CatalogueState DecodeSnapshot(string manifest, ReadOnlyMemory<byte> bytes)
    {
        var stored = manifest == SnapshotManifest ? Read(bytes, Json.StoredCatalogue) : throw new UnknownManifestException(manifest);
        return new CatalogueState(stored.Generation, stored.Conversations.ToImmutableDictionary(
            entry => entry.Id.Key, entry => new CatalogueEntry(entry.Id, entry.BegunAt, entry.Label, entry.ArchivedAt, entry.Head, entry.Facts, entry.Awake)));
    }

    private static T Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> shape) where T : class =>
        JsonSerializer.Deserialize(bytes.Span, shape) ?? throw new JsonException("the record is null");
}
