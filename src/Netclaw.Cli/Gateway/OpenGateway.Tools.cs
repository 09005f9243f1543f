using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>What an agent's turn was lent.</summary>
internal sealed partial class OpenGateway
{
    /// <summary>A tool may wait for people, and for a node; the turn ends before this.</summary>
    private static readonly TimeSpan LongestTool = TimeSpan.FromHours(24);

    public Task<AgentToolsListResult> ToolsAsync() => CallAsync(AgentToolsListResult.Method, ProtocolJson.Default.AgentToolsListResult);

    public Task<AgentToolsCallResult> CallToolAsync(AgentToolsCallParams parameters, CancellationToken withdrawn)
    {
        var given = JsonSerializer.SerializeToElement(parameters, ProtocolJson.Default.AgentToolsCallParams);
        return Told(AskAsync());

        async Task<AgentToolsCallResult> AskAsync()
        {
            var response = await connection.CallAsync(AgentToolsCallParams.Method, given, LongestTool, withdrawn);
            return response.Error is { } refusal ? throw new GatewayException(refusal) : response.Payload!.Value.Deserialize(ProtocolJson.Default.AgentToolsCallResult)!;
        }
    }
}
