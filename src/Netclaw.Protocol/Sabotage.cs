namespace Netclaw.Protocol;

/// <summary>
/// Ways to break the product on purpose, each at one place, to see that the tests would notice. Only builds with <c>-p:Sabotage=true</c>
/// can be broken, by the one that <c>NETCLAW_SABOTAGE</c> names; docs/adr/0026.
/// </summary>
public enum Break
{
    // Small files.
    SkipFileFlush,
    SkipDirectoryFlush,
    ReplaceInsteadOfCreate,

    // The journal; the first two are read by the embedded runtime's own switch.
    SkipJournalFlush,
    ForgetAFailedFlush,
    AcknowledgeBeforePersist,
    AcknowledgeAndNeverPersist,
    SwapViewBeforePersist,
    IgnorePersistFailure,
    GoOnAfterAFailedWrite,
    SkipRecordSum,
    SkipRecordChain,
    SkipKnownHead,
    ReadDamageAsTheEnd,
    SkipSnapshotSum,
    ForgetTombstonesInSnapshots,

    // Devices and codes.
    ForgetTombstoneOnRevoke,
    ReviveOnReplay,
    ReviveBySilentPairing,
    ReviveBySpentCode,
    CodeNotSpent,
    TriesNotCounted,
    ExpiryNotCheckedAtCommit,
    RotationKeepsTheFormerKey,
    AcknowledgeBeforeClosing,
    LeaveSessionsOpen,
    StayOutOfTheIndex,
    ForgetWhatWasMissed,

    // Keys, mark and lock.
    LockNotHeld,
    HostRotationKeepsTheFormerKey,
    RotateAnUnpreparedHost,
    MarkFallsBack,
    HeadFallsBack,
    SkipMarkSignature,
    ReadDamagedMarkAsFresh,
    MakeMissingKeysAnew,
    AcceptAJournalBehindTheMark,
}

/// <summary>Whether the product is broken on purpose: never, unless it was built for it.</summary>
public static class Sabotage
{
#if SABOTAGE
    private static readonly Break? Chosen = Environment.GetEnvironmentVariable("NETCLAW_SABOTAGE") is { Length: > 0 } name ? Enum.Parse<Break>(name) : null;

    public static bool Is(Break which) => Chosen == which;
#else
    /// <summary>Constant, so that the compiler leaves out what stands behind it.</summary>
    public static bool Is(Break which) => false;
#endif
}
