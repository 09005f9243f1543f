using System.Collections.Immutable;
using System.Globalization;

namespace Netclaw.Actors.Journal.Auditing;

/// <summary>
/// Reads a journal as a whole and names the first record that cannot be trusted: every chain from its first record, every snapshot against the record
/// it stands on, every chain's end against the head that is known from outside. Pure: rows are given to it in this order: snapshots, records by persistence
/// id and sequence, tags. Not thread-safe.
/// </summary>
/// <param name="kinds">By persistence id or the beginning of many (<see cref="StoredKinds.Find"/>); what stands under another one is foreign.</param>
/// <param name="marked">The heads known from outside, read before the rows were.</param>
public sealed class JournalAudit(JournalKeys keys, IReadOnlyDictionary<string, StoredKinds> kinds, IReadOnlyDictionary<string, JournalHead> marked)
{
    /// <summary>An oddity is told, not counted: a table full of them must not fill the memory.</summary>
    private const int MostOddities = 16;

    private static readonly long Earliest = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long Latest = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly List<(StoredSnapshotRecord Row, ReadOnlyMemory<byte> StandsOn)> _snapshots = [];
    private readonly List<JournalFault> _faults = [];
    private readonly List<JournalFault> _snapshotFaults = [];
    private readonly List<string> _oddities = [];
    private readonly List<AuditedChain> _chains = [];
    private readonly Dictionary<(string Id, long Sequence), ReadOnlyMemory<byte>> _wanted = [];
    private readonly Dictionary<string, JournalHead> _noted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalHead> _ends = new(StringComparer.Ordinal);
    private int _snapshotCount;
    private bool _brokeOff;
    private Chain? _chain;

    public void Add(StoredSnapshotRecord row)
    {
        _snapshotCount++;
        if (CheckSnapshot(row) is { } reason)
        {
            _snapshotFaults.Add(new JournalFault(FaultKind.Snapshot, row.PersistenceId, row.Sequence, reason));
        }
    }

    public void Add(StoredRecord row)
    {
        if (_chain is null || _chain.Id != row.PersistenceId)
        {
            End();
            _chain = new Chain(row.PersistenceId, keys);
        }

        _chain.Records++;
        CheckUncovered(row, _chain);
        if (_chain.Fault is not null)
        {
            return; // what comes after the first bad record hangs on nothing
        }

        _chain.Fault = Check(row, _chain);
        if (_chain.Fault is null && (_wanted.ContainsKey((row.PersistenceId, row.Sequence)) || Marked(row.PersistenceId)?.Sequence == row.Sequence))
        {
            _wanted[(row.PersistenceId, row.Sequence)] = _chain.Links.Head;
        }
    }

    public void Add(StoredTag tag) => Odd($"the tag '{Short(tag.Tag)}' stands at {Short(tag.PersistenceId)}, record {Number(tag.Sequence)}; Netclaw tags nothing");

    /// <summary>The database's own check found something, although every row could be read.</summary>
    public void Damaged(string reason)
    {
        End();
        _faults.Add(new JournalFault(FaultKind.Unreadable, "", 0, $"the database is damaged: {reason}"));
    }

    /// <summary>The database gave up where it was being read.</summary>
    public void Unreadable(string reason)
    {
        _brokeOff = true;
        _faults.Add(_chain is { Fault: null } chain
            ? new JournalFault(FaultKind.Unreadable, chain.Id, chain.Links.Sequence + 1, reason)
            : new JournalFault(FaultKind.Unreadable, "", 0, reason));
    }

    /// <summary>Its server went while it was being read; what was read until then is sound.</summary>
    public void Away(string reason)
    {
        _brokeOff = true;
        _faults.Add(new JournalFault(FaultKind.Away, "", 0, reason));
    }

    /// <summary>A field outside what is checked is not as Netclaw writes it.</summary>
    public void Odd(string what)
    {
        if (_oddities.Count < MostOddities)
        {
            _oddities.Add(what);
        }
    }

    public JournalAuditResult Complete()
    {
        End();
        foreach (var id in marked.Keys.Where(id => !_brokeOff && _chains.All(chain => chain.PersistenceId != id)).Order(StringComparer.Ordinal))
        {
            _faults.Add(new JournalFault(FaultKind.RolledBack, id, 1, $"the journal holds no record of it, but the mark outside has seen record {Number(marked[id].Sequence)}"));
        }

        foreach (var (id, head) in _noted.Where(each => !_brokeOff && _faults.All(fault => fault.PersistenceId != each.Key)).OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            CheckNoted(id, head);
        }

        // A chain that has a fault already has said what is to be said of it.
        foreach (var (row, standsOn) in _snapshots.Where(each => !_brokeOff && _faults.All(fault => fault.PersistenceId != each.Row.PersistenceId)))
        {
            if (CheckAnchor(row, standsOn) is { } fault)
            {
                _snapshotFaults.Add(fault);
            }
        }

        return new JournalAuditResult([.. _chains], _snapshotCount, [.. _faults, .. _snapshotFaults], [.. _oddities]);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What stands in a foreign row may be anything.</summary>
    private static string Short(string text) => new([.. text.Take(64).Select(symbol => char.IsControl(symbol) ? '?' : symbol)]);

    private JournalHead? Marked(string id) => marked.TryGetValue(id, out var head) ? head : null;

    private JournalFault? Check(StoredRecord row, Chain chain)
    {
        if (StoredKinds.Find(kinds, row.PersistenceId) is not { } kind)
        {
            return Bad($"nothing of this version of netclawd writes under '{Short(row.PersistenceId)}'");
        }

        if (row.Sequence <= chain.Links.Sequence)
        {
            return Bad($"it stands there again, or before the first: {Number(row.Sequence)} comes after {Number(chain.Links.Sequence)}");
        }

        if (row.Sequence == chain.Links.Sequence + 1)
        {
            if (row.Deleted)
            {
                return Bad("it is flagged as deleted, which Netclaw never does: a recovery would not read it");
            }

            if (row.Identifier != NetclawSerializer.Id)
            {
                return Bad($"serializer {Number(row.Identifier)} wrote it, not Netclaw's ({Number(NetclawSerializer.Id)})");
            }
        }

        try
        {
            var record = NetclawSerializer.Unpack(row.Message, row.Manifest);
            chain.Links.Follow(row.Sequence, record);
            kind.Event(record.Manifest, record.Bytes);
            if (kind.Notes?.Invoke(record.Manifest, record.Bytes) is var (id, end))
            {
                _noted[id] = end;
            }
        }
        catch (JournalDamageException damage)
        {
            return new JournalFault(FaultKind.Record, damage.PersistenceId, damage.Sequence, damage.What);
        }
        catch (Exception e)
        {
            return Bad($"the record is sound but means nothing here: {e.Message}");
        }

        if (Marked(row.PersistenceId) is { } head && head.Sequence == row.Sequence && !head.Sum.Span.SequenceEqual(chain.Links.Head.Span))
        {
            return new JournalFault(FaultKind.RolledBack, row.PersistenceId, row.Sequence,
                "it is not the record that the mark outside the journal has seen there: the journal went back and then on another way");
        }

        return null;

        JournalFault Bad(string reason) => new(FaultKind.Record, row.PersistenceId, row.Sequence, reason);
    }

    private string? CheckSnapshot(StoredSnapshotRecord row)
    {
        if (StoredKinds.Find(kinds, row.PersistenceId) is not { } kind)
        {
            return $"nothing of this version of netclawd writes under '{Short(row.PersistenceId)}'";
        }

        if (row.Identifier != NetclawSerializer.Id)
        {
            return $"serializer {Number(row.Identifier)} wrote it, not Netclaw's ({Number(NetclawSerializer.Id)})";
        }

        using var chain = new RecordChain(row.PersistenceId, keys);
        try
        {
            var snapshot = NetclawSerializer.Unpack(row.Snapshot, row.Manifest);
            chain.Resume(row.Sequence, snapshot);
            kind.Snapshot(snapshot.Manifest, snapshot.Bytes);
        }
        catch (JournalDamageException damage)
        {
            return damage.What;
        }
        catch (Exception e)
        {
            return $"the snapshot is sound but means nothing here: {e.Message}";
        }

        _snapshots.Add((row with { Snapshot = default }, chain.Head));
        _wanted.TryAdd((row.PersistenceId, row.Sequence), default);
        return null;
    }

    private JournalFault? CheckAnchor(StoredSnapshotRecord row, ReadOnlyMemory<byte> standsOn)
    {
        var found = _wanted[(row.PersistenceId, row.Sequence)];
        if (found.IsEmpty)
        {
            var last = _chains.FirstOrDefault(chain => chain.PersistenceId == row.PersistenceId)?.Last ?? 0;
            return new JournalFault(FaultKind.RolledBack, row.PersistenceId, last + 1,
                $"the journal ends at {Number(last)}, but a snapshot stands on record {Number(row.Sequence)}: its end was lost, or it was rolled back");
        }

        return found.Span.SequenceEqual(standsOn.Span) ? null : new JournalFault(
            FaultKind.Snapshot, row.PersistenceId, row.Sequence, "it stands on another record than the one in the journal: it is of another history");
    }

    /// <summary>Another chain has noted how far this one had come. Where it went on from there, each record hangs on the one before.</summary>
    private void CheckNoted(string id, JournalHead head)
    {
        var end = _ends.GetValueOrDefault(id);
        if (end.Sequence < head.Sequence || (end.Sequence == head.Sequence && !end.Sum.Span.SequenceEqual(head.Sum.Span)))
        {
            _faults.Add(new JournalFault(FaultKind.RolledBack, id, Math.Min(end.Sequence + 1, head.Sequence), $"it ends at {Number(end.Sequence)}, but had come to record {Number(head.Sequence)}: its end was lost, or it was rolled back"));
        }
    }

    private void CheckUncovered(StoredRecord row, Chain chain)
    {
        if (row.Created < Earliest || row.Created > Latest)
        {
            Odd($"{Short(row.PersistenceId)}, record {Number(row.Sequence)}: its time of creation is none ({Number(row.Created)})");
        }

        if (row.Ordering <= chain.Ordering)
        {
            Odd($"{Short(row.PersistenceId)}, record {Number(row.Sequence)}: it was stored before the one that it follows (ordering {Number(row.Ordering)} after {Number(chain.Ordering)})");
        }

        if (!Guid.TryParse(row.WriterUuid, out _))
        {
            Odd($"{Short(row.PersistenceId)}, record {Number(row.Sequence)}: its writer is no incarnation's id");
        }

        chain.Ordering = row.Ordering;
    }

    private void End()
    {
        if (_chain is not { } chain)
        {
            return;
        }

        _chain = null;
        _chains.Add(new AuditedChain(chain.Id, chain.Records, chain.Links.Sequence));
        _ends[chain.Id] = new JournalHead(chain.Links.Sequence, chain.Links.Head);
        if (chain.Fault is not null)
        {
            _faults.Add(chain.Fault);
        }
        else if (!_brokeOff && Marked(chain.Id) is { } head && head.Sequence > chain.Links.Sequence)
        {
            _faults.Add(new JournalFault(FaultKind.RolledBack, chain.Id, chain.Links.Sequence + 1,
                $"the journal ends at {Number(chain.Links.Sequence)}, but the mark outside it has seen record {Number(head.Sequence)}: its end was lost, or it was rolled back"));
        }

        chain.Dispose();
    }

    private sealed class Chain(string id, JournalKeys keys) : IDisposable
    {
        public string Id => id;

        public RecordChain Links { get; } = new(id, keys);

        public long Records { get; set; }

        public long Ordering { get; set; }

        public JournalFault? Fault { get; set; }

        public void Dispose() => Links.Dispose();
    }
}
