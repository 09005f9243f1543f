using System.Collections.Immutable;

namespace Akka.Persistence.Journal;

/// <summary>An event with tags: the journal stores the payload, the tags in their own table.</summary>
public readonly struct Tagged
{
    public Tagged(object payload, IEnumerable<string> tags)
        : this(payload, tags.ToImmutableHashSet(StringComparer.Ordinal))
    {
    }

    public Tagged(object payload, IImmutableSet<string> tags)
    {
        Payload = payload;
        Tags = tags;
    }

    public object Payload { get; }

    public IImmutableSet<string> Tags { get; }
}
