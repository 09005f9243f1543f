using System.Collections.Immutable;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>One conversation in the catalogue.</summary>
/// <param name="Head">Of its transcript when it last rested; null: it never did.</param>
/// <param name="Facts">As of then.</param>
/// <param name="Awake">Its transcript may have gone on since.</param>
public sealed record CatalogueEntry(ConversationId Id, DateTimeOffset BegunAt, string? Label, DateTimeOffset? ArchivedAt, RestedHead? Head, ConversationFacts Facts, bool Awake)
{
    public NotedHead Noted => new(ConversationId.Family, Head is { Sequence: > 0 } head ? head.ToHead() : null);
}

/// <summary>Every conversation. Pure; applying an event needs nothing but the state and the event.</summary>
/// <param name="Generation">The last one given out.</param>
public sealed record CatalogueState(long Generation, ImmutableDictionary<ConversationKey, CatalogueEntry> Entries)
{
    public static readonly CatalogueState Empty = new(0, ImmutableDictionary<ConversationKey, CatalogueEntry>.Empty);

    public CatalogueEntry? Find(ConversationKey key) => Entries.GetValueOrDefault(key);

    public CatalogueState Apply(CatalogueEvent happened) => happened switch
    {
        CatalogueEvent.Begun e => new CatalogueState(e.Generation, Entries.Add(e.Key, new CatalogueEntry(new ConversationId(e.Key, e.Generation), e.At, e.Label, null, null, ConversationFacts.None, Awake: true))),
        CatalogueEvent.Patched e => With(Entries[e.Key] with { Label = e.Label, ArchivedAt = e.ArchivedAt }),
        CatalogueEvent.Reset e => With(Entries[e.Key] with { Id = new ConversationId(e.Key, e.Generation), BegunAt = e.At, Head = null, Facts = ConversationFacts.None, Awake = true }) with { Generation = e.Generation },
        CatalogueEvent.Deleted e => this with { Entries = Entries.Remove(e.Key) },
        CatalogueEvent.Woke e => With(Entries[e.Key] with { Awake = true }),
        CatalogueEvent.Rested e => With(Entries[e.Key] with { Awake = false, Head = e.Head, Facts = e.Facts }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "no such event"),
    };

    private CatalogueState With(CatalogueEntry entry) => this with { Entries = Entries.SetItem(entry.Id.Key, entry) };
}
