using System.Security.Cryptography;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Actors.Journal;

/// <summary>
/// The chain of one persistent actor: makes the next record, checks the next one read, and keeps the sum they hang on. A chain
/// whose write failed is of no use any more; its actor stops. Not thread-safe.
/// </summary>
public sealed class RecordChain(string persistenceId, JournalKeys keys) : IDisposable
{
    private readonly byte[] _persistenceId = Encoding.UTF8.GetBytes(persistenceId);
    private readonly RecordEnvelope _envelope = keys.OpenEnvelope();
    private ReadOnlyMemory<byte> _head;

    /// <summary>Of the last record made or read; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>The sum of that record; empty before the first.</summary>
    public ReadOnlyMemory<byte> Head => _head;

    /// <summary>Makes the record after the last one.</summary>
    public JournalRecord Append(string manifest, byte[] bytes)
    {
        var sum = _envelope.Sum(RecordKind.Event, _head.Span, _persistenceId, Sequence + 1, manifest, bytes);
        var record = new JournalRecord(manifest, bytes, _head, sum);
        (_head, Sequence) = (sum, Sequence + 1);
        return record;
    }

    /// <exception cref="JournalDamageException">It is not the record after the last one, or not what was written.</exception>
    public void Follow(long sequence, JournalRecord record) => Follow(sequence, record, Unsound(sequence, record));

    /// <param name="unsound">What <see cref="Unsound(long, JournalRecord)"/> found when it was asked beforehand; null: nothing.</param>
    /// <exception cref="JournalDamageException">It is not the record after the last one, or not what was written.</exception>
    public void Follow(long sequence, JournalRecord record, JournalDamageException? unsound)
    {
        if (sequence != Sequence + 1)
        {
            throw new JournalDamageException(persistenceId, Sequence + 1, $"the record is missing: {sequence} comes after {Sequence}");
        }

        if (unsound is not null)
        {
            throw unsound;
        }

        if (!record.Prev.Span.SequenceEqual(_head.Span) && !Sabotage.Is(Break.SkipRecordChain))
        {
            throw new JournalDamageException(persistenceId, sequence, "it was not written after the record that now stands before it");
        }

        (_head, Sequence) = (record.Sum, sequence);
    }

    /// <summary>Looks at one record by itself, wherever the chain stands: is it what was written there? Null: it is.</summary>
    public JournalDamageException? Unsound(long sequence, JournalRecord record) => Unsound(RecordKind.Event, sequence, record);

    /// <summary>Starts in the middle, from a record that is checked by itself: what it was written after is not looked at.</summary>
    /// <exception cref="JournalDamageException">It is not what was written there.</exception>
    public void Begin(long sequence, JournalRecord record)
    {
        Check(RecordKind.Event, sequence, record);
        (_head, Sequence) = (record.Sum, sequence);
    }

    /// <summary>A snapshot of the state at <see cref="Sequence"/>: it hangs on the same sum as the next record will.</summary>
    public JournalRecord Anchor(string manifest, byte[] bytes) => new(
        manifest, bytes, _head, _envelope.Sum(RecordKind.Snapshot, _head.Span, _persistenceId, Sequence, manifest, bytes));

    /// <summary>Starts from a snapshot.</summary>
    /// <exception cref="JournalDamageException">The snapshot is not what was written.</exception>
    public void Resume(long sequence, JournalRecord snapshot)
    {
        Check(RecordKind.Snapshot, sequence, snapshot);
        (_head, Sequence) = (snapshot.Prev, sequence);
    }

    public void Dispose() => _envelope.Dispose();

    private void Check(RecordKind kind, long sequence, JournalRecord record)
    {
        if (Unsound(kind, sequence, record) is { } unsound)
        {
            throw unsound;
        }
    }

    private JournalDamageException? Unsound(RecordKind kind, long sequence, JournalRecord record)
    {
        var sum = _envelope.Sum(kind, record.Prev.Span, _persistenceId, sequence, record.Manifest, record.Bytes.Span);
        if (CryptographicOperations.FixedTimeEquals(sum, record.Sum.Span) || Sabotage.Is(kind == RecordKind.Snapshot ? Break.SkipSnapshotSum : Break.SkipRecordSum))
        {
            return null;
        }

        var whose = kind == RecordKind.Snapshot ? "the snapshot's" : "its";
        return new JournalDamageException(persistenceId, sequence, $"{whose} sum does not match: it was damaged, moved, or written with another key");
    }
}
