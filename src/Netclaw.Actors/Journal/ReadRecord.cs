namespace Netclaw.Actors.Journal;

/// <summary>A record that was looked at by itself. Whether it follows the one before is for whoever holds the chain.</summary>
/// <param name="Event">What it says, when it is sound and means something.</param>
/// <param name="Unsound">Why it is not what was written; null: it is.</param>
/// <param name="Meaningless">Why nobody here knows what it says.</param>
internal readonly record struct ReadRecord<TEvent>(long Sequence, JournalRecord Record, TEvent? Event, JournalDamageException? Unsound, Exception? Meaningless)
{
    public bool IsGood => Unsound is null && Meaningless is null;

    /// <param name="chain">Lends its envelope; where it stands does not matter.</param>
    public static ReadRecord<TEvent> Of(RecordChain chain, Func<string, ReadOnlyMemory<byte>, TEvent> decode, long sequence, JournalRecord record)
    {
        if (chain.Unsound(sequence, record) is { } unsound)
        {
            return new ReadRecord<TEvent>(sequence, record, default, unsound, null);
        }

        try
        {
            return new ReadRecord<TEvent>(sequence, record, decode(record.Manifest, record.Bytes), null, null);
        }
        catch (Exception e)
        {
            return new ReadRecord<TEvent>(sequence, record, default, null, e);
        }
    }
}
