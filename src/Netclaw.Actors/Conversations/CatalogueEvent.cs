using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>What happened to the list of conversations, as it is stored. Closed; names and shapes are <see cref="CatalogueCodec"/>'s, fields are only ever added.</summary>
public abstract record CatalogueEvent(DateTimeOffset At, ConversationKey Key)
{
    /// <param name="Generation">One more than the last of any conversation.</param>
    public sealed record Begun(DateTimeOffset At, ConversationKey Key, long Generation, string? Label = null) : CatalogueEvent(At, Key);

    /// <summary>Both values as they are from now on.</summary>
    public sealed record Patched(DateTimeOffset At, ConversationKey Key, string? Label = null, DateTimeOffset? ArchivedAt = null) : CatalogueEvent(At, Key);

    /// <summary>A new transcript.</summary>
    public sealed record Reset(DateTimeOffset At, ConversationKey Key, long Generation) : CatalogueEvent(At, Key);

    public sealed record Deleted(DateTimeOffset At, ConversationKey Key) : CatalogueEvent(At, Key);

    /// <summary>Something may be written into its transcript from now on.</summary>
    public sealed record Woke(DateTimeOffset At, ConversationKey Key) : CatalogueEvent(At, Key);

    /// <summary>Nothing is written into its transcript until it wakes.</summary>
    public sealed record Rested(DateTimeOffset At, ConversationKey Key, RestedHead Head, ConversationFacts Facts) : CatalogueEvent(At, Key)
    {
        /// <summary>Which of the key's transcripts.</summary>
        public ConversationId? Transcript { get; init; }
    }
}

/// <summary>The last record of a transcript.</summary>
/// <param name="Sum">Base64.</param>
public sealed record RestedHead(long Sequence, string Sum)
{
    public static RestedHead Of(JournalHead head) => new(head.Sequence, Convert.ToBase64String(head.Sum.Span));

    /// <summary>For the audit: the transcript that a stored event says is at rest, and its head.</summary>
    /// <param name="manifest">Of an event of the catalogue.</param>
    public static (string PersistenceId, JournalHead Head)? Noted(string manifest, ReadOnlyMemory<byte> bytes) =>
        new CatalogueCodec().DecodeEvent(manifest, bytes) is CatalogueEvent.Rested { Head.Sequence: > 0, Transcript: { } transcript } e ? (transcript.PersistenceId, e.Head.ToHead()) : null;

    public JournalHead ToHead() => new(Sequence, Convert.FromBase64String(Sum));
}
