using Netclaw.Protocol;

namespace Netclaw.Sabotaged;

/// <summary>One test of another suite that notices one break.</summary>
/// <param name="Suite">The test project.</param>
/// <param name="Test">Class and method.</param>
/// <param name="Says">Words that its failure must hold.</param>
/// <param name="Case">Words in the name of the one case that is enough; empty: all.</param>
public sealed record Catch(Break Break, string Suite, string Test, string Says = "", string Case = "")
{
    /// <summary>At least one for each break there is; those of the kill loop see it from outside, by what clients were told.</summary>
    public static IReadOnlyList<Catch> All { get; } =
    [
        // Small files.
        new(Break.SkipFileFlush, Suites.Protocol, "FileCallsTests.Replacing_FlushesTheContentBeforeTheName_AndTheDirectoryAfterIt"),
        new(Break.SkipFileFlush, Suites.Crash, CrashStates),
        new(Break.SkipDirectoryFlush, Suites.Protocol, "FileCallsTests.Creating_LinksTheName_SoThatNothingCanBeReplaced"),
        new(Break.ReplaceInsteadOfCreate, Suites.Protocol, "PrivateFileTests.Creating_LeavesAFileThatIsThere"),

        // The journal.
        new(Break.SkipJournalFlush, Suites.Runtime, "SqliteFileTests.Connections_AreInWalModeAndSynchronousFull"),
        new(Break.SkipJournalFlush, Suites.Crash, CrashStates),
        new(Break.ForgetAFailedFlush, Suites.Runtime, "FailingJournalTests.FailedWrite_StopsEveryLaterWriter"),
        new(Break.AcknowledgeBeforePersist, Suites.Crash, CrashStates),
        new(Break.AcknowledgeAndNeverPersist, Suites.KillLoop, KillLoop, "is broken"),
        new(Break.SwapViewBeforePersist, Suites.Actors, "GroupCommitTests.Refuses_TheWholeBatch_WhenTheWriteFails_AndStops"),
        new(Break.IgnorePersistFailure, Suites.Actors, "GroupCommitTests.Refuses_TheWholeBatch_WhenTheWriteFails_AndStops"),
        new(Break.GoOnAfterAFailedWrite, Suites.Actors, "GroupCommitTests.Refuses_EveryChange_OnceTheJournalHasFailedAnywhere"),
        new(Break.SkipRecordSum, Suites.Actors, "RecordChainTests.Names_TheFirstBadRecord"),
        new(Break.SkipRecordChain, Suites.Actors, "RecordChainTests.Names_ARecordOfAnotherHistory"),
        new(Break.SkipKnownHead, Suites.Actors, "JournalWritersTests.Journal_ThatEndsBeforeWhatWasSeenDurable_IsRefused"),
        new(Break.ReadDamageAsTheEnd, Suites.Actors, "RegistryRecoveryTests.Refuses_ToStart_NamingTheFirstBadRecord", Case: "position: 3"),
        new(Break.SkipSnapshotSum, Suites.Actors, "RecordChainTests.Refuses_ASnapshot_OfAnotherPlaceOrKind"),
        new(Break.ForgetTombstonesInSnapshots, Suites.Actors, "RegistryCodecTests.Restores_TombstonesAndSpentCodes_FromASnapshot"),

        // Devices and codes.
        new(Break.ForgetTombstoneOnRevoke, Suites.Actors, "RevocationRulesTests.Leaves_ATombstone"),
        new(Break.ForgetTombstoneOnRevoke, Suites.KillLoop, KillLoop, "KeepsTheRevokedOut"),
        new(Break.ReviveOnReplay, Suites.Actors, "RevocationRulesTests.Throws_OnAReplayThatWouldBringARevokedDeviceBack"),
        new(Break.ReviveBySilentPairing, Suites.Actors, "LocalPairingRulesTests.Lifts_NoTombstone"),
        new(Break.ReviveBySpentCode, Suites.Actors, "CodeRulesTests.LiftsNoTombstone_WhenTheSpentCodeIsShownAgain"),
        new(Break.ReviveByImport, Suites.Actors, "ImportRulesTests.RevokedKey_StaysRevoked"),
        new(Break.ReviveOnRestore, Suites.Actors, "RestorePromiseTests.Device_RevokedSinceTheBackup_StaysRevoked"),
        new(Break.RestoreLiveCodes, Suites.Actors, "RestorePromiseTests.CodesAndRequests_OfTheBackup_AreVoid"),
        new(Break.RestoreWithoutSuspending, Suites.Actors, "RestorePromiseTests.Devices_WaitForAnOperator_WhereRevocationsMayBeMissing"),
        new(Break.LegacyTokenNotSpent, Suites.Actors, "LegacyRulesTests.Token_IsSpent_InTheRecordThatEnrolsTheKey"),
        new(Break.SkipBackupChecksum, Suites.Daemon, "VerifyTests.EveryFlippedByte_IsRefused_WithItsPlace"),
        new(Break.RestoreWithoutNewerTombstones, Suites.Daemon, "RestoreTests.RevokedSinceTheBackup_StaysRevoked_AndTheOthersAreLetIn"),
        new(Break.ReadDamagedImportAsEmpty, Suites.Daemon, "JsonFileTests.EveryTruncation_OfAGoodFile_IsRefused"),
        new(Break.CodeNotSpent, Suites.Actors, "CodeRulesTests.Refuses_AnotherDevice_OnceSpent"),
        new(Break.CodeNotSpent, Suites.KillLoop, KillLoop, "SpendsACodeOnce"),
        new(Break.TriesNotCounted, Suites.Actors, "CodeRulesTests.Counts_EachBegunExchange_BeforeItIsAnswered"),
        new(Break.TriesNotCounted, Suites.KillLoop, KillLoop, "CountsEveryTry"),
        new(Break.ExpiryNotCheckedAtCommit, Suites.Actors, "CodeRulesTests.Checks_ExpiryAgain_AtCommit"),
        new(Break.RotationKeepsTheFormerKey, Suites.Actors, "RekeyRulesTests.Replaces_TheKey_InOneRecord_AndKeepsWhatTheDeviceIs"),
        // Which promise is seen broken first depends on whether the kill came before the rotation was acknowledged.
        new(Break.RotationKeepsTheFormerKey, Suites.KillLoop, KillLoop, "is broken"),
        new(Break.AcknowledgeBeforeClosing, Suites.Actors, "RevocationTests.Closes_EverySession_ThenAcknowledges"),
        new(Break.LeaveSessionsOpen, Suites.KillLoop, KillLoop, "KeepsTheRevokedOut"),
        new(Break.StayOutOfTheIndex, Suites.Actors, "RevocationRaceTests.SessionThatEnteredBeforeTheRevocation_IsTold"),
        new(Break.ForgetWhatWasMissed, Suites.Actors, "RevocationTests.Closes_WhatItMissed_WhenItFailedBeforeItCouldTell"),

        // Keys, mark and lock.
        new(Break.LockNotHeld, Suites.Daemon, "DaemonLockTests.RefusesWithThePidOfTheHolder_WhenHeld"),
        new(Break.HostRotationKeepsTheFormerKey, Suites.Actors, "HostRotationRulesTests.Replaces_TheHostAlone_UnderItsName"),
        new(Break.RotateAnUnpreparedHost, Suites.Actors, "HostRotationRulesTests.Refuses_AKeyThatWasNotPrepared"),
        new(Break.PlaceTheHostKeyBeforePreparing, Suites.Daemon, "HostRotationTests.Serves_TheFormerKey_UntilTheLastStep_AndTheNextStartMakesItWhole_WhereverItWasCut"),
        new(Break.HeadFallsBack, Suites.Daemon, "KeyringLoaderTests.NeverFalls_AHead"),
        new(Break.SkipMarkSignature, Suites.Daemon, "KeyringLoaderTests.Refuses_AMarkWithHeads_ThatIsNotSigned"),
        new(Break.MarkFallsBack, Suites.Daemon, "KeyringLoaderTests.NeverFalls_TheHighWaterMark"),
        new(Break.ReadDamagedMarkAsFresh, Suites.Daemon, "KeyringLoaderTests.RefusesAndNamesTheFile_WhenItsContentIsNoKey"),
        new(Break.MakeMissingKeysAnew, Suites.Daemon, "KeyringLoaderTests.RefusesAndChangesNothing_WhenAKeyOfASetUpGatewayIsMissing"),
        new(Break.AcceptAJournalBehindTheMark, Suites.Daemon, "StartProblemTests.RefusesAJournalThatWasRolledBack_ByTheMarkOutsideIt"),
    ];

    private const string CrashStates = "CrashStateTests.EveryStateAfterACrash_IsRecoveredFrom_WithNothingLostAndNothingInvented";
    private const string KillLoop = "KillLoopTests.Promises_AreKept_HoweverOftenTheDaemonIsKilled";

    /// <summary>Whether its test is run once more on a build that is not broken. The states after a crash take a minute, which the product's own run takes already.</summary>
    public bool RunsWhole => Suite != Suites.Crash;

    /// <summary>As vstest takes it.</summary>
    public string Filter => Case.Length == 0 ? $"FullyQualifiedName~{Test}" : $"(FullyQualifiedName~{Test}&DisplayName~{Case})";

    public override string ToString() => $"{Break} by {Test}";
}
