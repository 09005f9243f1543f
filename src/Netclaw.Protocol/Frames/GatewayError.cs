using System.Text.Json.Serialization;

namespace Netclaw.Protocol.Frames;

/// <summary>An error frame's <c>error</c> (gateway-protocol.md section 1): a closed object, so Netclaw's own words stand in its details.</summary>
/// <param name="Code">INVALID_REQUEST, FORBIDDEN, NOT_PAIRED or UNAVAILABLE.</param>
public sealed record GatewayError(string Code, string Message, GatewayErrorDetails Details, bool? Retryable = null, int? RetryAfterMs = null);

/// <summary>What programs and people may act on. What does not apply is left out.</summary>
/// <param name="NetclawCode">Netclaw's stable code: <c>netclaw explain CODE</c>.</param>
/// <param name="Remedy">The one command that leads out.</param>
/// <param name="Code">The protocol's detail code.</param>
public sealed record GatewayErrorDetails(string NetclawCode, string? Remedy, string? Code = null)
{
    public string? Reason { get; init; }
    public string? AuthReason { get; init; }
    public bool? CanRetryWithDeviceToken { get; init; }
    public string? RecommendedNextStep { get; init; }
    public string? MissingScope { get; init; }
    public IReadOnlyList<string>? RequiredScopes { get; init; }
    public string? RequestId { get; init; }
    public string? RemediationHint { get; init; }
    public string? DeviceId { get; init; }
    public string? RequestedRole { get; init; }
    public IReadOnlyList<string>? RequestedScopes { get; init; }
    public IReadOnlyList<string>? ApprovedRoles { get; init; }
    public IReadOnlyList<string>? ApprovedScopes { get; init; }
    public bool? Retryable { get; init; }
    public bool? PauseReconnect { get; init; }
    public int? ClientMinProtocol { get; init; }
    public int? ClientMaxProtocol { get; init; }
    public int? ExpectedProtocol { get; init; }
    public int? MinimumProbeProtocol { get; init; }
    public string? Command { get; init; }
    public NodeInvokeError? NodeError { get; init; }
    public bool? NodeCommandDispatched { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GatewayError))]
internal sealed partial class GatewayErrorJson : JsonSerializerContext;
