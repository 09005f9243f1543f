using System.Text.Json.Serialization.Metadata;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>A connection that is let in, with the methods that commands use. Every refusal is a <see cref="CommandFailure"/>.</summary>
internal sealed partial class OpenGateway(GatewayConnection connection, HelloOk hello, EndpointCandidate via, CancellationToken cancellation) : IAsyncDisposable
{
    public ReachedBy ReachedBy => ReachedBy.Of(via, hello.Auth);

    /// <summary>The device that we were let in as.</summary>
    public DeviceId? Device => hello.Auth.DeviceId;

    /// <summary>The former device id, when opening this finished a rotation that had been cut off.</summary>
    public DeviceId? FinishedRotationOf { get; set; }

    /// <summary>Another key for the device that we are: both sign, for this one connection.</summary>
    public Task<KeyRotateResult> RotateKeyAsync(SigningKey former, SigningKey next)
    {
        var signed = NativeTranscript.Rekey(connection.GatewayKey, hello.Server.ConnId, former.Public.DeviceId, next.Public);
        return CallAsync(
            KeyRotateParams.Method, new KeyRotateParams(next.Public, Base64UrlText.Encode(former.Sign(signed)), Base64UrlText.Encode(next.Sign(signed))),
            ProtocolJson.Default.KeyRotateParams, ProtocolJson.Default.KeyRotateResult);
    }

    public Task<StatusResult> StatusAsync() => CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult);

    public Task<ConnectionListResult> ConnectionsAsync() => CallAsync(ConnectionListResult.Method, ProtocolJson.Default.ConnectionListResult);

    /// <param name="all">Revoked devices too.</param>
    public Task<PairListResult> DevicesAsync(bool all) =>
        CallAsync(PairListResult.Method, new PairListParams(all), ProtocolJson.Default.PairListParams, ProtocolJson.Default.PairListResult);

    public Task<CodeCreateResult> CreateCodeAsync(CodeCreateParams parameters) =>
        ChangeAsync(CodeCreateParams.Method, parameters, ProtocolJson.Default.CodeCreateParams, ProtocolJson.Default.CodeCreateResult);

    public Task<SetupCodeResult> CreateSetupAsync(SetupCodeParams parameters) =>
        ChangeAsync(SetupCodeParams.Method, parameters, ProtocolJson.Default.SetupCodeParams, ProtocolJson.Default.SetupCodeResult);

    public Task<PairApproveResult> ApproveAsync(PairApproveParams parameters) =>
        ChangeAsync(PairApproveParams.Method, parameters, ProtocolJson.Default.PairApproveParams, ProtocolJson.Default.PairApproveResult);

    public Task<PairRejectResult> RejectAsync(PairRejectParams parameters) =>
        ChangeAsync(PairRejectParams.Method, parameters, ProtocolJson.Default.PairRejectParams, ProtocolJson.Default.PairRejectResult);

    public Task<PairRemoveResult> RemoveAsync(PairRemoveParams parameters) =>
        ChangeAsync(PairRemoveParams.Method, parameters, ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult);

    public Task<LegacyRemoveResult> RemoveLegacyAsync(LegacyRemoveParams parameters) =>
        ChangeAsync(LegacyRemoveParams.Method, parameters, ProtocolJson.Default.LegacyRemoveParams, ProtocolJson.Default.LegacyRemoveResult);

    public Task<ImportResult> ImportAsync(ImportParams parameters) =>
        ChangeAsync(ImportParams.Method, parameters, ProtocolJson.Default.ImportParams, ProtocolJson.Default.ImportResult);

    public Task<ProbeBeginResult> BeginProbeAsync() => CallAsync(ProbeBeginResult.Method, ProtocolJson.Default.ProbeBeginResult);

    public Task<ProxyProbeResult> ProbeResultAsync(string id) =>
        CallAsync(ProbeResultParams.Method, new ProbeResultParams(id), ProtocolJson.Default.ProbeResultParams, ProtocolJson.Default.ProxyProbeResult);

    public Task<PairRenameResult> RenameAsync(PairRenameParams parameters) =>
        ChangeAsync(PairRenameParams.Method, parameters, ProtocolJson.Default.PairRenameParams, ProtocolJson.Default.PairRenameResult);

    public Task<DevicesConfirmResult> ConfirmDevicesAsync(DevicesConfirmParams parameters) =>
        ChangeAsync(DevicesConfirmParams.Method, parameters, ProtocolJson.Default.DevicesConfirmParams, ProtocolJson.Default.DevicesConfirmResult);

    public Task<ScopesSetResult> SetScopesAsync(ScopesSetParams parameters) =>
        ChangeAsync(ScopesSetParams.Method, parameters, ProtocolJson.Default.ScopesSetParams, ProtocolJson.Default.ScopesSetResult);

    public Task<TokenRotateResult> RotateTokenAsync(TokenRotateParams parameters) =>
        ChangeAsync(TokenRotateParams.Method, parameters, ProtocolJson.Default.TokenRotateParams, ProtocolJson.Default.TokenRotateResult);

    public Task<LocalPairingResult> LocalPairingAsync() => CallAsync(LocalPairingResult.StatusMethod, ProtocolJson.Default.LocalPairingResult);

    public Task<LocalPairingResult> ConfirmLocalPairingAsync() => CallAsync(LocalPairingResult.ConfirmMethod, ProtocolJson.Default.LocalPairingResult);

    public Task<RecoveryPlanResult> RecoveryPlanAsync() => CallAsync(RecoveryPlanResult.Method, ProtocolJson.Default.RecoveryPlanResult);

    /// <param name="plan">Digest of the one that was agreed to; null: of a gateway that does not compare, and that would not know the parameter.</param>
    public Task<RecoveryRepairResult> RepairAsync(string? plan) => plan is null
        ? CallAsync(RecoveryRepairResult.Method, ProtocolJson.Default.RecoveryRepairResult)
        : CallAsync(RecoveryRepairResult.Method, new RecoveryRepairParams(plan), ProtocolJson.Default.RecoveryRepairParams, ProtocolJson.Default.RecoveryRepairResult);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private Task<T> CallAsync<T>(string method, JsonTypeInfo<T> result) => Told(connection.CallAsync(method, result, cancellation));

    private Task<TResult> CallAsync<TParams, TResult>(string method, TParams parameters, JsonTypeInfo<TParams> shape, JsonTypeInfo<TResult> result) =>
        Told(connection.CallAsync(method, parameters, shape, result, cancellation));

    /// <summary>A change whose answer got lost may have been made: the person is told to look.</summary>
    /// <param name="look">What shows it.</param>
    private async Task<TResult> ChangeAsync<TParams, TResult>(
        string method, TParams parameters, JsonTypeInfo<TParams> shape, JsonTypeInfo<TResult> result, string look = "netclaw devices list")
    {
        try
        {
            return await CallAsync(method, parameters, shape, result);
        }
        catch (CommandFailure lost) when (lost.Is(RefusalCode.EndpointUnreachable) || lost.Is(RefusalCode.TimedOut))
        {
            throw new CommandFailure(lost.Error with
            {
                Message = lost.Error.Message + " Whether it was done is not known.", Remedy = look, Retryable = false,
            })
            {
                Tried = lost.Tried,
            };
        }
    }

    private async Task<T> Told<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (GatewayException refusal)
        {
            throw Refused.By(refusal, via, []);
        }
    }
}
