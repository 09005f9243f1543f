using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>The stored names and shapes of the queues. A manifest is <c>nq</c>, its major version, a dot and the event's name; a shape only ever gains optional fields.</summary>
public sealed class QueueCodec : IRecordCodec<QueueEvent, QueueState>
{
    public const string SnapshotManifest = "nq1.snapshot";

    private const string Queued = "nq1.queued";
    private const string Drained = "nq1.drained";
    private const string ActionQueued = "nq1.action-queued";
    private const string Acked = "nq1.acked";

    /// <summary>Every event manifest, in the order of the union.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Queued, Drained, ActionQueued, Acked];

    private static QueueJson Json => QueueJson.Default;

    public (string Manifest, byte[] Bytes) EncodeEvent(QueueEvent @event) => @event switch
    {
        QueueEvent.ItemQueued e => (Queued, JsonSerializer.SerializeToUtf8Bytes(e, Json.ItemQueued)),
        QueueEvent.ItemsDrained e => (Drained, JsonSerializer.SerializeToUtf8Bytes(e, Json.ItemsDrained)),
        QueueEvent.ActionQueued e => (ActionQueued, JsonSerializer.SerializeToUtf8Bytes(e, Json.ActionQueued)),
        QueueEvent.ActionsAcked e => (Acked, JsonSerializer.SerializeToUtf8Bytes(e, Json.ActionsAcked)),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "no such event"),
    };

    public QueueEvent DecodeEvent(string manifest, ReadOnlyMemory<byte> bytes) => manifest switch
    {
        Queued => Read(bytes, Json.ItemQueued),
        Drained => Read(bytes, Json.ItemsDrained),
        ActionQueued => Read(bytes, Json.ActionQueued),
        Acked => Read(bytes, Json.ActionsAcked),
        _ => throw new UnknownManifestException(manifest),
    };

    public (string Manifest, byte[] Bytes) EncodeSnapshot(QueueState snapshot) => (SnapshotManifest, JsonSerializer.SerializeToUtf8Bytes(
        new StoredQueues([.. snapshot.Nodes.OrderBy(node => node.Key.ToString(), StringComparer.Ordinal).Select(node => new StoredQueue(node.Key, node.Value.Revision, node.Value.Items, node.Value.Actions))]),
        Json.StoredQueues));

    public QueueState DecodeSnapshot(string manifest, ReadOnlyMemory<byte> bytes) => manifest == SnapshotManifest
        ? new QueueState(Read(bytes, Json.StoredQueues).Nodes.ToImmutableDictionary(node => node.Node, node => new NodeQueue(node.Revision, node.Items, node.Actions)))
        : throw new UnknownManifestException(manifest);

    private static T Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> shape) where T : class =>
        JsonSerializer.Deserialize(bytes.Span, shape) ?? throw new JsonException("the record is null");
}
