using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>A snapshot.</summary>
internal sealed record StoredTranscript(long Last, ImmutableArray<TranscriptMessage> Messages, ImmutableArray<OpenTurn> Open, ImmutableArray<ClosedTurn> Closed, AgentMemory? Memory = null);

/// <summary>The stored form of every event, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true, MaxDepth = 16)]
[JsonSerializable(typeof(TranscriptEvent.MessageAdded))]
[JsonSerializable(typeof(TranscriptEvent.TurnAsked))]
[JsonSerializable(typeof(TranscriptEvent.TurnOver))]
[JsonSerializable(typeof(StoredTranscript))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
