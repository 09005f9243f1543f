namespace Netclaw.Actors.Journal;

/// <summary>The last record of one persistence id that this process has seen durable: written and answered, or read.</summary>
/// <param name="Sum">Of that record; see <see cref="RecordChain"/>.</param>
public readonly record struct JournalHead(long Sequence, ReadOnlyMemory<byte> Sum);
