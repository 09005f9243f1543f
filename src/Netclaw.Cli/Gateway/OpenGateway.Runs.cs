using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>What is started on the gateway's machine.</summary>
internal sealed partial class OpenGateway
{
    private const string LookAtRuns = "netclaw runs list";

    public Task<RunsSpawnResult> SpawnAsync(RunsSpawnParams parameters) =>
        ChangeAsync(RunsSpawnParams.Method, parameters, ProtocolJson.Default.RunsSpawnParams, ProtocolJson.Default.RunsSpawnResult, LookAtRuns);

    public Task<RunsListResult> RunsAsync(RunsListParams parameters) =>
        CallAsync(RunsListParams.Method, parameters, ProtocolJson.Default.RunsListParams, ProtocolJson.Default.RunsListResult);

    public Task<RunRow> RunAsync(RunId run) => CallAsync(RunsGetParams.Method, new RunsGetParams(run), ProtocolJson.Default.RunsGetParams, ProtocolJson.Default.RunRow);

    public Task<RunsCancelResult> CancelRunAsync(RunId run) =>
        ChangeAsync(RunsCancelParams.Method, new RunsCancelParams(run), ProtocolJson.Default.RunsCancelParams, ProtocolJson.Default.RunsCancelResult, LookAtRuns);

    /// <summary>Waits on the gateway's side, and takes as long as that.</summary>
    public Task<RunRow> WaitForRunAsync(RunsWaitParams parameters)
    {
        var given = JsonSerializer.SerializeToElement(parameters, ProtocolJson.Default.RunsWaitParams);
        return Told(AskAsync());

        async Task<RunRow> AskAsync()
        {
            var response = await connection.CallAsync(RunsWaitParams.Method, given, TimeSpan.FromMilliseconds(parameters.TimeoutMs ?? 0) + Slack, cancellation);
            return response.Error is { } refusal ? throw new GatewayException(refusal) : response.Payload!.Value.Deserialize(ProtocolJson.Default.RunRow)!;
        }
    }
}
