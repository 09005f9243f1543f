using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// Every message on the wire, compiled ahead: no reflection at start. Absent values are left out; a reader takes an absent value only
/// for a parameter with a default, so a nullable parameter in the middle of a record is always written.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(ConnectChallenge))]
[JsonSerializable(typeof(ConnectParams))]
[JsonSerializable(typeof(HelloOk))]
[JsonSerializable(typeof(Closing))]
[JsonSerializable(typeof(CallResponse))]
[JsonSerializable(typeof(CallError))]
[JsonSerializable(typeof(PairingOffered))]
[JsonSerializable(typeof(PairBeginParams))]
[JsonSerializable(typeof(PairBeginResult))]
[JsonSerializable(typeof(PairConfirmParams))]
[JsonSerializable(typeof(PairConfirmResult))]
[JsonSerializable(typeof(PairRequestParams))]
[JsonSerializable(typeof(PairRequestResult))]
[JsonSerializable(typeof(CodeCreateParams))]
[JsonSerializable(typeof(CodeCreateResult))]
[JsonSerializable(typeof(PairListParams))]
[JsonSerializable(typeof(PairListResult))]
[JsonSerializable(typeof(PairApproveParams))]
[JsonSerializable(typeof(PairApproveResult))]
[JsonSerializable(typeof(PairRejectParams))]
[JsonSerializable(typeof(PairRejectResult))]
[JsonSerializable(typeof(PairRemoveParams))]
[JsonSerializable(typeof(PairRemoveResult))]
[JsonSerializable(typeof(LocalPairingResult))]
[JsonSerializable(typeof(PairRenameParams))]
[JsonSerializable(typeof(PairRenameResult))]
[JsonSerializable(typeof(DevicesConfirmParams))]
[JsonSerializable(typeof(DevicesConfirmResult))]
[JsonSerializable(typeof(ScopesSetParams))]
[JsonSerializable(typeof(ScopesSetResult))]
[JsonSerializable(typeof(ScopesRequestParams))]
[JsonSerializable(typeof(ScopesRequestResult))]
[JsonSerializable(typeof(ScopesWaitParams))]
[JsonSerializable(typeof(ScopesWaitResult))]
[JsonSerializable(typeof(KeyRotateParams))]
[JsonSerializable(typeof(KeyRotateResult))]
[JsonSerializable(typeof(TokenRotateParams))]
[JsonSerializable(typeof(TokenRotateResult))]
[JsonSerializable(typeof(TokenRevokeParams))]
[JsonSerializable(typeof(TokenRevokeResult))]
[JsonSerializable(typeof(RecoveryPlanResult))]
[JsonSerializable(typeof(RecoveryRepairResult))]
[JsonSerializable(typeof(ImportParams))]
[JsonSerializable(typeof(ImportResult))]
[JsonSerializable(typeof(ImportReading))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(LegacyRemoveParams))]
[JsonSerializable(typeof(LegacyRemoveResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(HealthResult))]
[JsonSerializable(typeof(PresenceRow))]
[JsonSerializable(typeof(ImmutableArray<PresenceRow>))]
[JsonSerializable(typeof(GatewayIdentityResult))]
[JsonSerializable(typeof(ConnectionListResult))]
[JsonSerializable(typeof(DaemonStopResult))]
[JsonSerializable(typeof(ProbeBeginResult))]
[JsonSerializable(typeof(ProbeResultParams))]
[JsonSerializable(typeof(ProxyProbeResult))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class ProtocolJson : JsonSerializerContext;
