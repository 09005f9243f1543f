namespace Netclaw.Actors.Recovery;

/// <summary>The rows of the state table, by their numbers in recovery.md.</summary>
public enum LocalAccessRow
{
    /// <summary>Nothing was ever here.</summary>
    Fresh = 1,

    /// <summary>A host key without an installation.</summary>
    LeftOverKey = 2,

    /// <summary>The first steps were cut short, or their key file is gone; nobody else is paired.</summary>
    CutShort = 3,

    /// <summary>The same, but others are paired: theirs is not ours to reset.</summary>
    OthersPaired = 4,

    Healthy = 5,

    /// <summary>The installation stands, its host credential does not.</summary>
    StaleHost = 6,

    /// <summary>The journal is not the one that the mark has seen.</summary>
    JournalLost = 7,

    /// <summary>Something cannot be read: whatever is done could be wrong.</summary>
    Unknown = 8,

    /// <summary>A daemon owns the home.</summary>
    DaemonHolds = 9,

    /// <summary>A restore or a full reset was cut short: the next start completes it.</summary>
    Unfinished = 10,
}
