using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Spawning;

/// <summary>The stored names and shapes of runs. A manifest is <c>rn</c>, its major version, a dot and the event's name; a shape only ever gains optional fields.</summary>
public sealed class RunCodec : IRecordCodec<RunEvent, RunsState>
{
    public const string SnapshotManifest = "rn1.snapshot";

    private const string Accepted = "rn1.accepted";
    private const string Started = "rn1.started";
    private const string Ended = "rn1.ended";
    private const string Announced = "rn1.announced";
    private const string Tidied = "rn1.tidied";

    /// <summary>Every event manifest, in the order of the union.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Accepted, Started, Ended, Announced, Tidied];

    private static RunJson Json => RunJson.Default;

    public (string Manifest, byte[] Bytes) EncodeEvent(RunEvent @event) => @event switch
    {
        RunEvent.Accepted e => (Accepted, JsonSerializer.SerializeToUtf8Bytes(e, Json.Accepted)),
        RunEvent.Started e => (Started, JsonSerializer.SerializeToUtf8Bytes(e, Json.Started)),
        RunEvent.Ended e => (Ended, JsonSerializer.SerializeToUtf8Bytes(e, Json.Ended)),
        RunEvent.Announced e => (Announced, JsonSerializer.SerializeToUtf8Bytes(e, Json.Announced)),
        RunEvent.Tidied e => (Tidied, JsonSerializer.SerializeToUtf8Bytes(e, Json.Tidied)),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "no such event"),
    };

    public RunEvent DecodeEvent(string manifest, ReadOnlyMemory<byte> bytes) => manifest switch
    {
        Accepted => Read(bytes, Json.Accepted),
        Started => Read(bytes, Json.Started),
        Ended => Read(bytes, Json.Ended),
        Announced => Read(bytes, Json.Announced),
        Tidied => Read(bytes, Json.Tidied),
        _ => throw new UnknownManifestException(manifest),
    };

    public (string Manifest, byte[] Bytes) EncodeSnapshot(RunsState snapshot) =>
        (SnapshotManifest, JsonSerializer.SerializeToUtf8Bytes(new StoredRuns(snapshot.LastNumber, [.. snapshot.InOrder]), Json.StoredRuns));

    public RunsState DecodeSnapshot(string manifest, ReadOnlyMemory<byte> bytes) => manifest == SnapshotManifest && Read(bytes, Json.StoredRuns) is var stored
        ? new RunsState(stored.Runs.ToImmutableDictionary(run => run.Id), stored.LastNumber)
        : throw new UnknownManifestException(manifest);

    private static T Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> shape) where T : class =>
        JsonSerializer.Deserialize(bytes.Span, shape) ?? throw new JsonException("the record is null");
}

/// <summary>A snapshot.</summary>
internal sealed record StoredRuns(long LastNumber, ImmutableArray<Run> Runs);

/// <summary>The stored form of every event, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 16)]
[JsonSerializable(typeof(RunEvent.Accepted))]
[JsonSerializable(typeof(RunEvent.Started))]
[JsonSerializable(typeof(RunEvent.Ended))]
[JsonSerializable(typeof(RunEvent.Announced))]
[JsonSerializable(typeof(RunEvent.Tidied))]
[JsonSerializable(typeof(StoredRuns))]
internal sealed partial class RunJson : JsonSerializerContext;
