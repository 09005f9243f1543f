using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Cron;

/// <summary>The stored names and shapes of jobs. A manifest is <c>cr</c>, its major version, a dot and the event's name; a shape only ever gains optional fields.</summary>
public sealed class CronCodec : IRecordCodec<CronEvent, CronState>
{
    public const string SnapshotManifest = "cr1.snapshot";

    private const string Added = "cr1.added";
    private const string Updated = "cr1.updated";
    private const string Removed = "cr1.removed";
    private const string Claimed = "cr1.claimed";
    private const string Ended = "cr1.ended";
    private const string Skipped = "cr1.skipped";
    private const string Disabled = "cr1.disabled";

    /// <summary>Every event manifest, in the order of the union.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Added, Updated, Removed, Claimed, Ended, Skipped, Disabled];

    private static CronJson Json => CronJson.Default;

    public (string Manifest, byte[] Bytes) EncodeEvent(CronEvent @event) => @event switch
    {
        CronEvent.Added e => (Added, JsonSerializer.SerializeToUtf8Bytes(e, Json.Added)),
        CronEvent.Updated e => (Updated, JsonSerializer.SerializeToUtf8Bytes(e, Json.Updated)),
        CronEvent.Removed e => (Removed, JsonSerializer.SerializeToUtf8Bytes(e, Json.Removed)),
        CronEvent.Claimed e => (Claimed, JsonSerializer.SerializeToUtf8Bytes(e, Json.Claimed)),
        CronEvent.Ended e => (Ended, JsonSerializer.SerializeToUtf8Bytes(e, Json.Ended)),
        CronEvent.Skipped e => (Skipped, JsonSerializer.SerializeToUtf8Bytes(e, Json.Skipped)),
        CronEvent.Disabled e => (Disabled, JsonSerializer.SerializeToUtf8Bytes(e, Json.Disabled)),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "no such event"),
    };

    public CronEvent DecodeEvent(string manifest, ReadOnlyMemory<byte> bytes) => manifest switch
    {
        Added => Read(bytes, Json.Added),
        Updated => Read(bytes, Json.Updated),
        Removed => Read(bytes, Json.Removed),
        Claimed => Read(bytes, Json.Claimed),
        Ended => Read(bytes, Json.Ended),
        Skipped => Read(bytes, Json.Skipped),
        Disabled => Read(bytes, Json.Disabled),
        _ => throw new UnknownManifestException(manifest),
    };

    public (string Manifest, byte[] Bytes) EncodeSnapshot(CronState snapshot) => (SnapshotManifest, JsonSerializer.SerializeToUtf8Bytes(
        new StoredJobs(snapshot.Revision, [.. snapshot.Jobs.Values.OrderBy(job => job.Id.ToString(), StringComparer.Ordinal).Select(StoredJob.Of)]), Json.StoredJobs));

    public CronState DecodeSnapshot(string manifest, ReadOnlyMemory<byte> bytes)
    {
        var stored = manifest == SnapshotManifest ? Read(bytes, Json.StoredJobs) : throw new UnknownManifestException(manifest);
        return CronState.Of(stored.Jobs.Select(job => job.Restored()), stored.Revision);
    }

    private static T Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> shape) where T : class =>
        JsonSerializer.Deserialize(bytes.Span, shape) ?? throw new JsonException("the record is null");
}
