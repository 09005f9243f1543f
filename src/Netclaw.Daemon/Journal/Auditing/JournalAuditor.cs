using System.Collections.Immutable;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Postgres;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Journal.Auditing;

/// <summary>A journal with what is needed to judge it: its rows, its keys, the mark outside it. Reads only.</summary>
/// <param name="postgres">Null: the journal is the home's SQLite files.</param>
/// <param name="mark">Read before: the journal may have gone on since, never back.</param>
/// <param name="kinds">Null: everything that Netclaw stores.</param>
internal sealed class JournalAuditor(
    NetclawHome home, PostgresSettings? postgres, JournalKeys keys, GatewayMark mark, IReadOnlyDictionary<string, StoredKinds>? kinds = null)
{
    /// <summary>Enough of a stored snapshot to see what it stands on: form, two lengths, two sums.</summary>
    private const int AnchorBytes = 3 + (2 * RecordEnvelope.SumBytes);

    private IReadOnlyDictionary<string, StoredKinds> Kinds { get; } = kinds ?? StoredKinds.All;

    /// <summary>Everything is read: every record, every snapshot, the database's own check.</summary>
    public (JournalAuditResult Result, IReadOnlyList<string> Notes) Audit()
    {
        for (var asItLies = true; ; asItLies = false)
        {
            var audit = new JournalAudit(keys, Kinds, Marked());
            IReadOnlyList<string> notes = [];
            var holds = true;
            try
            {
                using var rows = Open(asItLies);
                ReadAll(rows, audit);
                notes = rows.Notes;
                holds = rows is not SqliteRows { StillHolds: false };
            }
            catch (JournalRowsException away) when (away.IsAway)
            {
                audit.Away(away.Message);
            }
            catch (JournalRowsException unread)
            {
                audit.Unreadable(unread.Message);
            }

            // A daemon began to use the files while they were read as they lay: once more, as a reader among others.
            if (holds)
            {
                return (Whole(audit.Complete()), notes);
            }
        }
    }

    /// <summary>
    /// What a start can see before it changes anything, at a cost that does not grow with the journal: whether each chain reaches the head that the mark names
    /// and has that record there, and whether the newest snapshots stand on records that are there. Whatever is not so is looked at by <see cref="Audit"/>.
    /// </summary>
    /// <returns>The first thing wrong; null: nothing that can be seen in this way.</returns>
    public JournalFault? Compare()
    {
        try
        {
            using var rows = Open(asItLies: true); // whoever starts holds the lock
            var seen = Marked().Select(each => AtMark(rows, each.Key, each.Value))
                .Concat(rows.NewestSnapshots(AnchorBytes).Where(each => Kinds.ContainsKey(each.PersistenceId)).Select(each => AtSnapshot(rows, each)))
                .OfType<JournalFault>().FirstOrDefault();
            return seen is null ? null : FirstBad() ?? seen;
        }
        catch (JournalRowsException away) when (away.IsAway)
        {
            return new JournalFault(FaultKind.Away, "", 0, away.Message);
        }
        catch (JournalRowsException unread)
        {
            return FirstBad() ?? new JournalFault(FaultKind.Unreadable, "", 0, unread.Message);
        }
    }

    /// <summary>After something has been seen to be wrong: the first place that is.</summary>
    public JournalFault? FirstBad() => Audit().Result.FirstBad;

    /// <summary>A mark from before heads were kept still says that there was something.</summary>
    private JournalAuditResult Whole(JournalAuditResult result) => result is { IsSound: true, Chains.IsEmpty: true } && mark.ExpectsJournal
        ? result with { Faults = [new JournalFault(FaultKind.RolledBack, "", 0, $"the journal holds nothing, but this gateway had reached {mark.Bootstrap}")] }
        : result;

    private JournalFault? AtMark(IJournalRows rows, string id, JournalHead head)
    {
        var last = rows.Last(id);
        if (last < head.Sequence)
        {
            return new JournalFault(FaultKind.RolledBack, id, last + 1, $"the journal ends at {last}, but the mark outside it has seen record {head.Sequence}");
        }

        return SumAt(rows, id, head.Sequence) is { } sum && sum.Span.SequenceEqual(head.Sum.Span)
            ? null
            : new JournalFault(FaultKind.RolledBack, id, head.Sequence, "it is not the record that the mark outside the journal has seen there");
    }

    private JournalFault? AtSnapshot(IJournalRows rows, StoredSnapshotRecord snapshot)
    {
        // One that is damaged is met and named by the recovery.
        var standsOn = NetclawSerializer.Unpack(snapshot.Snapshot, snapshot.Manifest).Prev;
        return standsOn.IsEmpty || (SumAt(rows, snapshot.PersistenceId, snapshot.Sequence) is { } sum && sum.Span.SequenceEqual(standsOn.Span))
            ? null
            : new JournalFault(FaultKind.Snapshot, snapshot.PersistenceId, snapshot.Sequence, "the record it stands on is not in the journal");
    }

    /// <summary>Null where no sound record stands.</summary>
    private ReadOnlyMemory<byte>? SumAt(IJournalRows rows, string id, long sequence)
    {
        if (rows.Record(id, sequence) is not { Deleted: false, Identifier: NetclawSerializer.Id } row)
        {
            return null;
        }

        using var alone = new RecordChain(id, keys);
        try
        {
            alone.Begin(sequence, NetclawSerializer.Unpack(row.Message, row.Manifest));
            return alone.Head;
        }
        catch (JournalDamageException)
        {
            return null;
        }
    }

    private static void ReadAll(IJournalRows rows, JournalAudit audit)
    {
        foreach (var snapshot in rows.Snapshots())
        {
            audit.Add(snapshot);
        }

        foreach (var record in rows.Records())
        {
            audit.Add(record);
        }

        foreach (var tag in rows.Tags())
        {
            audit.Add(tag);
        }

        if (rows.CheckItself() is { } wrong)
        {
            audit.Damaged(wrong);
        }
    }

    private IJournalRows Open(bool asItLies) => postgres is not null ? PostgresRows.Open(postgres) : SqliteRows.Open(home, asItLies);

    private Dictionary<string, JournalHead> Marked() => (mark.Heads ?? ImmutableSortedDictionary<string, MarkedHead>.Empty).ToDictionary(each => each.Key, each => each.Value.Head, StringComparer.Ordinal);
}
