using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Daemon.Keys;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>
/// Everything that a run wrote to its journal, and what the product makes of each beginning of it: read with its own serializer, chain, codec and state. Worked
/// out once, so that a recovered journal need only be compared byte by byte.
/// </summary>
internal sealed class JournalHistory
{
    private readonly List<StoredRow> _rows;
    private readonly List<RegistryState> _states = [];
    private readonly List<RegistryFacts> _facts = [];
    private readonly List<byte[]> _sums = [];
    private readonly JournalKeys _keys;

    public JournalHistory(List<StoredRow> rows, JournalKeys keys)
    {
        (_rows, _keys) = (rows, keys);
        var codec = new RegistryCodec();
        using var chain = new RecordChain(DeviceRegistryActor.Id, keys);
        var state = RegistryState.Empty;
        Add(state, chain);
        foreach (var row in rows)
        {
            var record = Record(row);
            chain.Follow(row.Sequence, record);
            state = state.Apply(codec.DecodeEvent(record.Manifest, record.Bytes));
            Add(state, chain);
        }
    }

    public int Count => _rows.Count;

    /// <summary>After so many records.</summary>
    public RegistryFacts Facts(int records) => _facts[records];

    /// <inheritdoc cref="Facts"/>
    public RegistryState State(int records) => _states[records];

    /// <returns>How many records there are.</returns>
    /// <exception cref="BrokenInvariantException">They are not a beginning of what was written.</exception>
    public int MustBeABeginning(List<StoredRow> found)
    {
        var differs = found.Count > _rows.Count ? _rows.Count : found.Zip(_rows).TakeWhile(pair => pair.First.IsSameAs(pair.Second)).Count();
        return differs == found.Count ? found.Count : throw new BrokenInvariantException(
            Invariant.JournalIsABeginning, $"record {differs + 1} of {found.Count} is not what was written as record {differs + 1} of {_rows.Count}");
    }

    /// <summary>A snapshot must stand on a record that is there, or the next start would find a journal that ends before it.</summary>
    public void MustFit(List<StoredRow> snapshots, int records)
    {
        foreach (var snapshot in snapshots)
        {
            using var chain = new RecordChain(DeviceRegistryActor.Id, _keys);
            try
            {
                chain.Resume(snapshot.Sequence, Record(snapshot));
            }
            catch (JournalDamageException e)
            {
                throw new BrokenInvariantException(Invariant.SnapshotFitsTheJournal, e.Message);
            }

            if (snapshot.Sequence > records || !chain.Head.Span.SequenceEqual(_sums[(int)snapshot.Sequence]))
            {
                throw new BrokenInvariantException(Invariant.SnapshotFitsTheJournal, $"the snapshot at {snapshot.Sequence} does not stand on the journal, which ends at {records}");
            }
        }
    }

    /// <summary>What the mark vouches for must be there, and be the same.</summary>
    public void MustReach(MarkedHead? head, int records)
    {
        if (head is not null && (head.Sequence > records || !head.Head.Sum.Span.SequenceEqual(_sums[(int)head.Sequence])))
        {
            throw new BrokenInvariantException(Invariant.MarkIsNotAhead, $"the mark stands at {head.Sequence}, the journal ends at {records}");
        }
    }

    private void Add(RegistryState state, RecordChain chain)
    {
        _states.Add(state);
        _facts.Add(RegistryFacts.Of(state));
        _sums.Add(chain.Head.ToArray());
    }

    // The serializer needs its actor system for nothing.
    private static JournalRecord Record(StoredRow row) => (JournalRecord)new NetclawSerializer(null!).FromBinary(row.Bytes, row.Manifest);
}
