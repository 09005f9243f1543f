using System.Collections.Immutable;

namespace Akka.Persistence.Journal;

/// <summary>An event as a journal stores it. Serialized journals keep bytes in <paramref name="Stored"/>, the in-memory one the event.</summary>
internal readonly record struct PreparedEvent(object Stored, int SerializerId, string Manifest, ImmutableHashSet<string>? Tags);
