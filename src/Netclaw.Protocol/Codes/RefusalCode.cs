namespace Netclaw.Protocol;

/// <summary>
/// Everything Netclaw refuses, by name: a closed set. The text form is snake_case (<see cref="RefusalTable"/>) and stable once
/// released. Adding one means adding its row; a completeness test guards both.
/// </summary>
public enum RefusalCode
{
    // The connection, before anybody says anything.
    PeerUidNotAllowed,
    PeerCredentialsUnavailable,
    SpawnCredentialRequired,
    ControlSocketBridged,
    HostNotAllowed,
    OriginNotAllowed,
    TooManyConnections,
    HandshakeTimeout,
    MessageTooLarge,

    // The conversation.
    ProtocolMismatch,
    ProtocolViolation,
    InvalidRequest,
    UnknownMethod,
    MissingScope,
    RoleNotAllowed,
    TooManyOpenCalls,
    GatewayStarting,
    GatewayStopping,
    JournalUnavailable,
    RecoveryNotLocal,
    HandlerUnavailable,

    // Who are you.
    Unauthorized,
    DeviceIdentityRequired,
    DeviceIdMismatch,
    DeviceKeyInvalid,
    DeviceNonceMismatch,
    DeviceSignatureExpired,
    DeviceSignatureInvalid,
    DeviceRevoked,
    DeviceSuspended,
    DeviceChanged,
    HostCredentialNotLocal,
    AuthRateLimited,
    AuthSecretUnavailable,
    AuthSecretRotated,
    DeviceTokenInvalid,
    LegacyTokenInvalid,
    LegacyTokenSpent,
    LegacyTokenNotPrivate,
    LegacyTokenNeedsKey,
    SpawnCredentialInvalid,
    SpawnCredentialExpired,
    SpawnCredentialRevoked,
    SpawnCredentialNotLocal,

    // Whom a proxy names.
    TrustedProxyConfigMissing,
    TrustedProxyNoProxiesConfigured,
    TrustedProxyUntrustedSource,
    TrustedProxyLoopbackSource,
    TrustedProxyLocalInterfaceSource,
    TrustedProxyLocalInterfaceCheckFailed,
    TrustedProxyUidNotAllowed,
    TrustedProxyMissingHeader,
    TrustedProxyUserMissing,
    TrustedProxyUserNotAllowed,
    TrustedProxyUserConflict,
    TrustedProxyOriginNotAllowed,
    AssertionMissing,
    AssertionMalformed,
    AssertionKeysUnavailable,
    AssertionSignatureInvalid,
    AssertionIssuerMismatch,
    AssertionAudienceMismatch,
    AssertionExpired,
    AssertionUserMissing,

    // Pairing.
    PairingRequired,
    PairingCodeInvalid,
    PairingCodeExpired,
    PairingCodeUsed,
    PairingExchangeOutOfOrder,
    PairingExchangeExpired,
    PairingScopeNotOffered,
    PairingCommitmentMismatch,
    PairingRejected,
    PairingRequestExpired,
    PairingRequestSuperseded,
    PairingRequestNotFound,
    PairingSymbolsRequired,
    PairingSymbolsMismatch,
    PairingScopeExceedsApprover,
    DeviceNameInvalid,
    DeviceNotFound,
    TooManyLiveCodes,

    // Seen by the command line alone.
    DaemonNotRunning,
    DaemonAlreadyRunning,
    DaemonStartFailed,
    DaemonStopTimeout,
    EndpointUnreachable,
    EndpointNotNetclaw,
    EndpointTlsFailed,
    EndpointUrlInvalid,
    GatewayKeyChanged,
    GatewayProofInvalid,
    ControlSocketForeign,
    NotPaired,
    ProfileUnreadable,
    SecretNotSent,
    PairingCodeMalformed,
    AmbiguousName,
    TimedOut,
    Cancelled,
    ImportDamaged,
    ImportUnsafe,
    UsageError,
    PartMissing,
    ConsentRequired,
    RepairNotSafe,
    DaemonSilent,
    RepairNotProven,

    // Seen at start.
    HomeNotWritable,
    HomeForeign,
    ConfigInvalid,
    PortInUse,
    LockHeld,
    JournalUnreadable,
    JournalRolledBack,
    KeyUnreadable,
    InternalError,

    // The service.
    UnitNotOurs,
    ServiceManagerUnavailable,

    // Backups.
    BackupDamaged,
    BackupUnreadable,
    BackupForeign,
    RestoreNotPossible,
    CrontabUnavailable,

    // Commands on nodes.
    NodeNotConnected,
    NodeNotApproved,
    NodeCommandNotAllowed,
    NodeBusy,
    NodeFailed,
    NodeInvokeTimedOut,
    NodeInvokeCancelled,
    NodeResultTooLarge,
    NodeActionQueued,

    // Setup codes.
    SetupCodeInvalid,

    // What operators are asked to allow.
    ApprovalNotFound,
    ApprovalOwn,
    TooManyApprovals,

    // Conversations and who answers in them.
    NoAgent,
    AgentFailed,
    AgentTimedOut,
    ConversationNotFound,
    ConversationBusy,
    ConversationsFull,

    // Agents.
    AgentUnavailable,

    // What is started on this machine.
    SpawnTooDeep,
    SpawnNotForJobs,
    SpawnQueueFull,
    DirectoryNotAllowed,
    UnknownRun,
    RunFailed,

    // Scheduled jobs.
    CronJobNotFound,
    CronScheduleInvalid,
    CronPayloadTooLarge,
    CronJobChanged,
    CronJobsFull,
    CronNotForRuns,
}
