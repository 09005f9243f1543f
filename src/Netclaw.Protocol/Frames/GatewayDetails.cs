using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol.Frames;

/// <summary>Facts beside <c>protocol_mismatch</c>.</summary>
public sealed record ProtocolMismatchDetails(int ClientMinProtocol, int ClientMaxProtocol, int ExpectedProtocol, int MinimumProbeProtocol);

/// <summary>Facts beside a refused credential.</summary>
/// <param name="Reason">One of <see cref="AuthReason"/>.</param>
/// <param name="CanRetryWithDeviceToken">The device's own token, which was not shown, might do.</param>
public sealed record AuthDetails(string Reason, bool? CanRetryWithDeviceToken = null);

/// <summary>Facts beside <c>pairing_required</c> once a request waits for an operator.</summary>
/// <param name="Reason">not-paired, role-upgrade or scope-upgrade.</param>
public sealed record PairingDetails(
    PairingRequestId RequestId, DeviceId DeviceId, string Reason, Role RequestedRole, ScopeSet RequestedScopes, ImmutableArray<Role>? ApprovedRoles = null, ScopeSet? ApprovedScopes = null);

/// <summary>Facts beside what became of a command on a node (gateway-protocol.md 6.4).</summary>
/// <param name="Code">The protocol's detail code: NOT_CONNECTED, PAIRING_CHANGED, TIMEOUT, ABORTED or QUEUED_UNTIL_FOREGROUND.</param>
/// <param name="Reason">Why a command is not allowed.</param>
/// <param name="NodeError">What the node said.</param>
/// <param name="NodeCommandDispatched">Whether the node was asked before it went: it may have done it.</param>
public sealed record NodeInvokeDetails(
    string? Code = null, string? Reason = null, string? Command = null, NodeInvokeError? NodeError = null, bool? NodeCommandDispatched = null);

/// <summary>Why a credential was refused, where the code alone does not tell.</summary>
public static class AuthReason
{
    public const string TokenMissing = "token_missing";
    public const string TokenMismatch = "token_mismatch";
    public const string PasswordMissing = "password_missing";
    public const string PasswordMismatch = "password_mismatch";
    public const string NonceMissing = "device-nonce-missing";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProtocolMismatchDetails))]
[JsonSerializable(typeof(AuthDetails))]
[JsonSerializable(typeof(PairingDetails))]
[JsonSerializable(typeof(NodeInvokeDetails))]
public sealed partial class GatewayDetailsJson : JsonSerializerContext;
