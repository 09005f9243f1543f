using System.Text.Json;
using static Netclaw.Protocol.RefusalCode;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// Netclaw's refusals in the protocol's words (gateway-protocol.md 2.7, 3 and 4.4): the same codes that clients know how to act on, and beside them Netclaw's own code and the
/// one command. One table, total over the codes.
/// </summary>
public static class ErrorForm
{
    private const string Invalid = "INVALID_REQUEST";
    private const string NotPairedCode = "NOT_PAIRED";
    private const string Forbidden = "FORBIDDEN";
    private const string Unavailable = "UNAVAILABLE";
    private const string Unauthorised = "AUTH_UNAUTHORIZED";
    private const string Wait = "wait_then_retry";
    private const string Credentials = "update_auth_credentials";
    private const string Configuration = "update_auth_configuration";
    private const string Review = "review_auth_configuration";
    private const int StartingMs = 500;
    private const int RestartMs = 1000;

    /// <param name="method">Of the call that is answered.</param>
    public static GatewayError Of(CallError error, string method) => RefusalTable.TryFind(error.Code, out var row)
        ? Of(row.Code, error, method)
        : Plain(error, Invalid);

    private static GatewayError Of(RefusalCode code, CallError error, string method) => code switch
    {
        Unauthorized => Credential(error),
        AuthRateLimited => Auth(error, "AUTH_RATE_LIMITED", "unauthorized: too many failed authentication attempts (retry later)", Wait, "rate_limited")
            with { Retryable = true, RetryAfterMs = error.RetryAfterMs },
        DeviceTokenInvalid => Auth(error, "AUTH_DEVICE_TOKEN_MISMATCH", "unauthorized: device token mismatch (rotate/reissue device token)", Credentials, "device_token_mismatch"),
        TrustedProxyMissingHeader => Auth(error, "AUTH_IDENTITY_HEADER_REQUIRED", $"unauthorized: {error.Message}", Review, error.Code),
        DeviceIdMismatch => Proof(error, "DEVICE_AUTH_DEVICE_ID_MISMATCH", "device identity mismatch", "device-id-mismatch"),
        DeviceKeyInvalid => Proof(error, "DEVICE_AUTH_PUBLIC_KEY_INVALID", "device public key invalid", "device-public-key"),
        DeviceNonceMismatch when ReasonOf(error) == AuthReason.NonceMissing => Proof(error, "DEVICE_AUTH_NONCE_REQUIRED", "device nonce required", AuthReason.NonceMissing),
        DeviceNonceMismatch => Proof(error, "DEVICE_AUTH_NONCE_MISMATCH", "device nonce mismatch", "device-nonce-mismatch"),
        DeviceSignatureExpired => Proof(error, "DEVICE_AUTH_SIGNATURE_EXPIRED", "device signature expired", "device-signature-stale"),
        DeviceSignatureInvalid => Proof(error, "DEVICE_AUTH_SIGNATURE_INVALID", "device signature invalid", "device-signature"),
        DeviceIdentityRequired => Plain(error, NotPairedCode, "device identity required", "DEVICE_IDENTITY_REQUIRED"),
        PairingRequired => Pairing(error),
        OriginNotAllowed or TrustedProxyOriginNotAllowed =>
            Of(error, Invalid, $"origin not allowed ({error.Message})", Details(error, "CONTROL_UI_ORIGIN_NOT_ALLOWED") with { Reason = "origin not allowed" }),
        ProtocolMismatch => Mismatch(error),
        MissingScope => Scope(error),
        RoleNotAllowed => Plain(error, Invalid, $"unauthorized role: {error.Message}"),
        UnknownMethod => Plain(error, Invalid, $"unknown method: {method}"),
        PairingRequestNotFound => Plain(error, Invalid, $"unknown requestId: {error.Message}"),
        DeviceNotFound when method.StartsWith("node.", StringComparison.Ordinal) => Plain(error, Invalid, $"unknown nodeId: {error.Message}"),
        DeviceNotFound => Plain(error, Invalid, $"unknown deviceId: {error.Message}"),
        GatewayStarting => Of(error, Unavailable, "gateway starting; retry shortly", Details(error, null) with { Reason = "startup-sidecars" }) with { Retryable = true, RetryAfterMs = StartingMs },
        GatewayStopping => Retry(error, RestartMs),
        TooManyConnections or TooManyOpenCalls or TooManyLiveCodes or JournalUnavailable or HandlerUnavailable or AuthSecretUnavailable or AssertionKeysUnavailable => Retry(error, error.RetryAfterMs),
        NodeNotConnected or NodeNotApproved or NodeActionQueued => OfNode(error, Unavailable) with { Retryable = true },
        NodeCommandNotAllowed => OfNode(error, Invalid),
        NodeFailed or NodeInvokeTimedOut or NodeInvokeCancelled or NodeResultTooLarge => OfNode(error, Unavailable),
        NoAgent or AgentFailed or AgentTimedOut or ConversationsFull or InternalError => Plain(error, Unavailable),
        DeviceRevoked or DeviceSuspended or DeviceChanged or AuthSecretRotated or HostCredentialNotLocal or HostNotAllowed or PeerUidNotAllowed or PeerCredentialsUnavailable
            or ControlSocketBridged or SpawnCredentialRequired or SpawnCredentialInvalid or SpawnCredentialExpired or SpawnCredentialRevoked or SpawnCredentialNotLocal
            or LegacyTokenInvalid or LegacyTokenSpent or LegacyTokenNotPrivate or LegacyTokenNeedsKey
            or TrustedProxyConfigMissing or TrustedProxyNoProxiesConfigured or TrustedProxyUntrustedSource or TrustedProxyLoopbackSource or TrustedProxyLocalInterfaceSource
            or TrustedProxyLocalInterfaceCheckFailed or TrustedProxyUidNotAllowed or TrustedProxyUserMissing or TrustedProxyUserNotAllowed or TrustedProxyUserConflict
            or AssertionMissing or AssertionMalformed or AssertionSignatureInvalid or AssertionIssuerMismatch or AssertionAudienceMismatch or AssertionExpired or AssertionUserMissing
            => Auth(error, Unauthorised, "unauthorized", Review, error.Code),
        // What only answers calls, ends a conversation out of order, or never crosses the wire.
        _ => error.Retryable ? Retry(error, error.RetryAfterMs) : Plain(error, Invalid),
    };

    /// <summary>A close frame's reason: the words clients compare where there are some.</summary>
    public static string CloseReason(CallError error) => RefusalTable.TryFind(error.Code, out var row) ? row.Code switch
    {
        HandshakeTimeout => "",
        GatewayStopping => "service restart",
        GatewayStarting => "gateway starting",
        DeviceRevoked => "client invalidated: device-pair-removed",
        DeviceChanged => "client invalidated: device-token-rotated",
        AuthSecretRotated => "gateway auth changed",
        PairingRequired when Pairing(error) is { Details.RequestId: { } request } pairing => $"{pairing.Message} (requestId: {request})",
        _ => Of(error, "connect").Message,
    } : error.Message;

    private static GatewayError Credential(CallError error) => ReasonOf(error) switch
    {
        AuthReason.TokenMissing => Auth(error, "AUTH_TOKEN_MISSING", $"unauthorized: gateway token missing ({error.Message})", Configuration, AuthReason.TokenMissing),
        AuthReason.TokenMismatch => TokenMismatch(error),
        AuthReason.PasswordMissing => Auth(error, "AUTH_PASSWORD_MISSING", $"unauthorized: gateway password missing ({error.Message})", Configuration, AuthReason.PasswordMissing),
        AuthReason.PasswordMismatch => Auth(error, "AUTH_PASSWORD_MISMATCH", $"unauthorized: gateway password mismatch ({error.Message})", Credentials, AuthReason.PasswordMismatch),
        _ => Auth(error, Unauthorised, "unauthorized", Review, error.Code),
    };

    private static GatewayError TokenMismatch(CallError error)
    {
        var mismatch = Auth(error, "AUTH_TOKEN_MISMATCH", $"unauthorized: gateway token mismatch ({error.Message})", Credentials, AuthReason.TokenMismatch);
        return error.Details?.Deserialize(GatewayDetailsJson.Default.AuthDetails)?.CanRetryWithDeviceToken == true
            ? mismatch with { Details = mismatch.Details with { CanRetryWithDeviceToken = true, RecommendedNextStep = "retry_with_device_token" } }
            : mismatch;
    }

    /// <summary>Always with the three words that let a client come back by itself once it is approved.</summary>
    private static GatewayError Pairing(CallError error)
    {
        var details = Details(error, "PAIRING_REQUIRED") with { RecommendedNextStep = Wait, Retryable = true, PauseReconnect = false };
        var known = error.Details?.Deserialize(GatewayDetailsJson.Default.PairingDetails);
        var why = known?.Reason switch
        {
            "role-upgrade" => "device is asking for a higher role than currently approved",
            "scope-upgrade" => "device is asking for more scopes than currently approved",
            _ => "device is not approved yet",
        };
        var message = $"pairing required: {why}";
        return known is null ? Of(error, NotPairedCode, message, details) : Of(error, NotPairedCode, message, details with
        {
            Reason = known.Reason, RequestId = known.RequestId.ToString(), RemediationHint = "Approve this device from the pending pairing requests.", DeviceId = known.DeviceId.Hex,
            RequestedRole = NativeTranscript.RoleText(known.RequestedRole), RequestedScopes = known.RequestedScopes.ToNames(),
            ApprovedRoles = known.ApprovedRoles?.Select(NativeTranscript.RoleText).ToArray(), ApprovedScopes = known.ApprovedScopes?.ToNames(),
        }) with { Retryable = true };
    }

    private static GatewayError Scope(CallError error)
    {
        var needed = error.Details is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("missingScope", out var named) ? named.GetString() : null;
        return needed is null ? Auth(error, "AUTH_SCOPE_MISMATCH", $"unauthorized: {error.Message}", Review, "scope_mismatch") : Of(
            error, Forbidden, $"missing scope: {needed}", Details(error, "MISSING_SCOPE") with { MissingScope = needed, RequiredScopes = needed.Split(',') });
    }

    private static GatewayError Mismatch(CallError error)
    {
        var known = error.Details?.Deserialize(GatewayDetailsJson.Default.ProtocolMismatchDetails);
        return Of(error, Invalid, "protocol mismatch", Details(error, "PROTOCOL_MISMATCH") with
        {
            ClientMinProtocol = known?.ClientMinProtocol, ClientMaxProtocol = known?.ClientMaxProtocol, ExpectedProtocol = known?.ExpectedProtocol,
            MinimumProbeProtocol = known?.MinimumProbeProtocol,
        });
    }

    private static GatewayError OfNode(CallError error, string code)
    {
        var known = error.Details?.Deserialize(GatewayDetailsJson.Default.NodeInvokeDetails);
        return Of(error, code, error.Message, Details(error, known?.Code) with
        {
            Reason = known?.Reason, Command = known?.Command, NodeError = known?.NodeError, NodeCommandDispatched = known?.NodeCommandDispatched,
        });
    }

    private static GatewayError Auth(CallError error, string detail, string message, string next, string reason) =>
        Of(error, Invalid, message, Details(error, detail) with { AuthReason = reason, CanRetryWithDeviceToken = false, RecommendedNextStep = next });

    private static GatewayError Proof(CallError error, string detail, string message, string reason) => Of(error, Invalid, message, Details(error, detail) with { Reason = reason });

    private static GatewayError Retry(CallError error, int? afterMs) => Plain(error, Unavailable) with { Retryable = true, RetryAfterMs = afterMs };

    private static GatewayError Plain(CallError error, string code, string? message = null, string? detail = null) => Of(error, code, message ?? error.Message, Details(error, detail));

    private static GatewayError Of(CallError error, string code, string message, GatewayErrorDetails details) => new(code, message, details);

    private static GatewayErrorDetails Details(CallError error, string? detail) => new(error.Code, error.Remedy, detail);

    private static string? ReasonOf(CallError error) =>
        error.Details is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
}
