using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Recording;

namespace Netclaw.Crash.Tests.Invariants;

/// <summary>A failed flush is never acknowledged and never retried into success.</summary>
internal static class FlushInvariants
{
    public static void Check(IEnumerable<IoEvent> events, string journal)
    {
        var wal = journal + "-wal";
        var (unflushed, failed) = (false, false);
        foreach (var @event in events)
        {
            switch (@event)
            {
                case IoEvent.Wrote wrote when wrote.Path == wal:
                    unflushed = true;
                    break;
                case IoEvent.Flushed flushed when flushed.Path == wal:
                    unflushed = false;
                    break;

                // A checkpoint flushes once more what its transactions have flushed: of that nothing is lost.
                case IoEvent.Failed { Kind: IoKind.Flush or IoKind.Write } call when call.Path == wal && (unflushed || call.Kind == IoKind.Write):
                    failed = true;
                    break;
                case IoEvent.Marked { Mark: Mark.Acknowledged acknowledged } when failed:
                    throw new BrokenInvariantException(Invariant.NothingAcknowledgedAfterAFailedFlush, $"{acknowledged.Change} was acknowledged");
            }
        }
    }

    public static Ledger Note(this Ledger ledger, IEnumerable<IoEvent> events)
    {
        foreach (var mark in events.OfType<IoEvent.Marked>())
        {
            ledger.Note((Mark)mark.Mark);
        }

        return ledger;
    }

    public static void Note(this Ledger ledger, Mark mark)
    {
        switch (mark)
        {
            case Mark.Asked asked:
                ledger.Asked(asked.Change);
                break;
            case Mark.Acknowledged acknowledged:
                ledger.Acknowledged(acknowledged.Change);
                break;
            case Mark.Refused refused:
                ledger.Refused(refused.Change);
                break;
        }
    }
}
