using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>The stored names and shapes of transcripts. A manifest is <c>tr</c>, its major version, a dot and the event's name; a shape only ever gains optional fields.</summary>
public sealed class TranscriptCodec : IRecordCodec<TranscriptEvent, Transcript>
{
    public const string SnapshotManifest = "tr1.snapshot";

    private const string Message = "tr1.message";
    private const string Asked = "tr1.turn-asked";
    private const string Over = "tr1.turn-over";

    /// <summary>Every event manifest, in the order of the union.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Message, Asked, Over];

    private static TranscriptJson Json => TranscriptJson.Default;

    public (string Manifest, byte[] Bytes) EncodeEvent(TranscriptEvent @event) => @event switch
    {
        TranscriptEvent.MessageAdded e => (Message, JsonSerializer.SerializeToUtf8Bytes(e, Json.MessageAdded)),
        TranscriptEvent.TurnAsked e => (Asked, JsonSerializer.SerializeToUtf8Bytes(e, Json.TurnAsked)),
        TranscriptEvent.TurnOver e => (Over, JsonSerializer.SerializeToUtf8Bytes(e, Json.TurnOver)),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "no such event"),
    };

    public TranscriptEvent DecodeEvent(string manifest, ReadOnlyMemory<byte> bytes) => manifest switch
    {
        Message => Read(bytes, Json.MessageAdded),
        Asked => Read(bytes, Json.TurnAsked),
        Over => Read(bytes, Json.TurnOver),
        _ => throw new UnknownManifestException(manifest),
    };

    public (string Manifest, byte[] Bytes) EncodeSnapshot(Transcript snapshot) => (SnapshotManifest, JsonSerializer.SerializeToUtf8Bytes(
        new StoredTranscript(snapshot.Last, [.. snapshot.Held], [.. snapshot.Open], [.. snapshot.Closed], snapshot.Memory), Json.StoredTranscript));

    public Transcript DecodeSnapshot(string manifest, ReadOnlyMemory<byte> bytes)
    {
        var stored = manifest == SnapshotManifest ? Read(bytes, Json.StoredTranscript) : throw new UnknownManifestException(manifest);
        var before = Transcript.Empty with { Last = stored.Last - stored.Messages.Length };
        return stored.Messages.Aggregate(before, (transcript, message) => transcript.Apply(new TranscriptEvent.MessageAdded(message)))
            with { Open = [.. stored.Open], Closed = [.. stored.Closed], Memory = stored.Memory };
    }

    private static T Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> shape) where T : class =>
        JsonSerializer.Deserialize(bytes.Span, shape) ?? throw new JsonException("the record is null");
}
