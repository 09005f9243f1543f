using System.Collections.Immutable;

namespace Akka.Persistence.Journal;

/// <summary>An event with tags: the journal stores the payload, the tags in their own table.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Storage plugins".</remarks>
public readonly struct Tagged
{
    /// <summary>The event and its tags; the actor is handed the event alone.</summary>
    public Tagged(object payload, IEnumerable<string> tags)
        : this(payload, tags.ToImmutableHashSet(StringComparer.Ordinal))
    {
    }

    /// <summary>The event and its tags; the actor is handed the event alone.</summary>
    public Tagged(object payload, IImmutableSet<string> tags)
    {
        Payload = payload;
        Tags = tags;
    }

    /// <summary>The event.</summary>
    public object Payload { get; }

    /// <summary>In no order.</summary>
    public IImmutableSet<string> Tags { get; }
}
