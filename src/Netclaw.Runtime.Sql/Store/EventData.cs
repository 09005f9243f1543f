using System.Collections.Immutable;

namespace Netclaw.Runtime.Sql.Store;

/// <summary>One serialized event on its way into the journal table.</summary>
/// <param name="Payload">The serializer's bytes, copied verbatim into <c>message</c>.</param>
/// <param name="SerializerId">The serializer's id, column <c>identifier</c>.</param>
/// <param name="Manifest">The serializer's manifest, at most 500 characters, never null.</param>
/// <param name="Tags">Tags of at most 64 characters each; null or empty when untagged.</param>
internal readonly record struct EventData(byte[] Payload, int SerializerId, string Manifest, ImmutableHashSet<string>? Tags = null);
