namespace Netclaw.Crash.Tests.Invariants;

/// <summary>What must hold after every crash, by name.</summary>
public enum Invariant
{
    /// <summary>A change that was acknowledged is there.</summary>
    AcknowledgedIsKept,

    /// <summary>Nobody has authority that was not asked for, or that was refused.</summary>
    NothingUnaskedIsAuthority,

    /// <summary>A device whose revocation was acknowledged is not accepted.</summary>
    RevokedStaysRevoked,

    /// <summary>A code whose use was acknowledged, or whose device is paired, pairs nobody else.</summary>
    UsedCodeStaysUsed,

    /// <summary>The token of an earlier gateway whose end was acknowledged, or whose device is paired, waits for nobody.</summary>
    SpentTokenStaysSpent,

    /// <summary>What is in the journal is a beginning of what was written to it.</summary>
    JournalIsABeginning,

    /// <summary>A snapshot stands on a record of the journal.</summary>
    SnapshotFitsTheJournal,

    /// <summary>The keys are usable, and are those of the gateway that acknowledged.</summary>
    KeysFit,

    /// <summary>After the repair that a start or a person makes, the host key's file is the credential in force, and no former one is.</summary>
    HostKeyIsTheOneInForce,

    /// <summary>Reading the journal by itself and starting the registry come to the same.</summary>
    BothRecoveriesAgree,

    /// <summary>After a flush of the journal failed, nothing that was asked for then is acknowledged.</summary>
    NothingAcknowledgedAfterAFailedFlush,

    /// <summary>The mark outside the journal is not ahead of it: the next start would take the journal for one that was rolled back.</summary>
    MarkIsNotAhead,

    /// <summary>In a restore: the journal before or the one after is in force, with all its records, and the one before is kept.</summary>
    OneJournalIsWhole,

    /// <summary>A full reset that stands ordered is completed by the next start; where it is not, nothing of it is there.</summary>
    ResetIsWholeOrNotBegun,

    /// <summary>What has the name of a backup can be restored.</summary>
    ArchivesAreWhole,

    /// <summary>The home can be started from.</summary>
    Recovers,
}

/// <summary>A test caught the product at something that must not be.</summary>
public sealed class BrokenInvariantException(Invariant invariant, string seen) : Exception($"{invariant}: {seen}")
{
    public Invariant Invariant => invariant;

    public string Seen => seen;
}
