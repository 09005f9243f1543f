using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>One node's part of a snapshot.</summary>
internal sealed record StoredQueue(DeviceId Node, long Revision, ImmutableArray<QueuedItem> Items, ImmutableArray<QueuedAction> Actions);

/// <summary>A snapshot.</summary>
internal sealed record StoredQueues(ImmutableArray<StoredQueue> Nodes);

/// <summary>The stored form of every event, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, MaxDepth = 16)]
[JsonSerializable(typeof(QueueEvent.ItemQueued))]
[JsonSerializable(typeof(QueueEvent.ItemsDrained))]
[JsonSerializable(typeof(QueueEvent.ActionQueued))]
[JsonSerializable(typeof(QueueEvent.ActionsAcked))]
[JsonSerializable(typeof(StoredQueues))]
internal sealed partial class QueueJson : JsonSerializerContext;
