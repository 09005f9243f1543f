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
    HostCredentialNotLocal,

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
    PairingCodeMalformed,
    AmbiguousName,
    TimedOut,
    Cancelled,
    UsageError,
    PartMissing,

    // Seen at start.
    HomeNotWritable,
    HomeForeign,
    ConfigInvalid,
    PortInUse,
    LockHeld,
    JournalUnreadable,
    KeyUnreadable,
    InternalError,
}
