using Netclaw.Actors.Bootstrap;

namespace Netclaw.Actors.Recovery;

/// <summary>
/// The state table of recovery.md, total: exactly one row for any facts. Who owns the home comes first, then whether something goes on by itself, then whether everything can be read, then whether
/// the journal is the right one; only then do host device and key file count.
/// </summary>
public static class LocalAccessTable
{
    public static LocalAccessRow Classify(LocalAccessFacts facts) => facts switch
    {
        { Lock: LockFact.Held } => LocalAccessRow.DaemonHolds,

        { Unfinished: not UnfinishedWork.None } => LocalAccessRow.Unfinished,

        { Journal: JournalFact.Unreadable or JournalFact.Stopped } => LocalAccessRow.Unknown,
        { Mark: MarkFact.Unreadable } => LocalAccessRow.Unknown,
        { HostKey: HostKeyFact.Unreadable } => LocalAccessRow.Unknown,

        { Journal: JournalFact.Behind } => LocalAccessRow.JournalLost,
        { Mark: MarkFact.Present { Head: HeadVerdict.Behind } } => LocalAccessRow.JournalLost,
        { Journal: JournalFact.Missing or JournalFact.Empty, Mark: MarkFact.Present { HasHistory: true } } => LocalAccessRow.JournalLost,
        { Journal: JournalFact.Missing or JournalFact.Empty, HostKey: HostKeyFact.Held } => LocalAccessRow.LeftOverKey,
        { Journal: JournalFact.Missing or JournalFact.Empty } => LocalAccessRow.Fresh,

        // A mark is written before the first record: a journal without one has lost it.
        { Mark: MarkFact.Absent } => LocalAccessRow.Unknown,
        { Mark: MarkFact.Present mark } when facts.Bootstrap < mark.Phase => LocalAccessRow.JournalLost,

        { HostDevice: HostDeviceFact.Standing host, HostKey: HostKeyFact.Held key } when host.Id == key.Id => LocalAccessRow.Healthy,
        { Bootstrap: BootstrapPhase.Completed } => LocalAccessRow.StaleHost,
        { OtherDevices: > 0 } => LocalAccessRow.OthersPaired,
        { Bootstrap: BootstrapPhase.Seeded } => LocalAccessRow.CutShort,
        { HostDevice: not HostDeviceFact.None } => LocalAccessRow.CutShort,
        { HostKey: HostKeyFact.Held } => LocalAccessRow.LeftOverKey,
        _ => LocalAccessRow.Fresh,
    };

    public static bool IsRepairable(LocalAccessRow row) => row is LocalAccessRow.Fresh or LocalAccessRow.LeftOverKey or LocalAccessRow.CutShort
        or LocalAccessRow.OthersPaired or LocalAccessRow.StaleHost;
}
