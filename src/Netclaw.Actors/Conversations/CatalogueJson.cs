using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Actors.Conversations;

/// <summary>A snapshot.</summary>
internal sealed record StoredCatalogue(long Generation, ImmutableArray<StoredEntry> Conversations);

/// <summary>One conversation's part of a snapshot.</summary>
internal sealed record StoredEntry(ConversationId Id, DateTimeOffset BegunAt, bool Awake, ConversationFacts Facts, string? Label = null, DateTimeOffset? ArchivedAt = null, RestedHead? Head = null);

/// <summary>The stored form of every event, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, MaxDepth = 16)]
[JsonSerializable(typeof(CatalogueEvent.Begun))]
[JsonSerializable(typeof(CatalogueEvent.Patched))]
[JsonSerializable(typeof(CatalogueEvent.Reset))]
[JsonSerializable(typeof(CatalogueEvent.Deleted))]
[JsonSerializable(typeof(CatalogueEvent.Woke))]
[JsonSerializable(typeof(CatalogueEvent.Rested))]
[JsonSerializable(typeof(StoredCatalogue))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
