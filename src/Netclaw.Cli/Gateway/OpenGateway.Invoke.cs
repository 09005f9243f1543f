using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>A command on a node: it takes as long as its caller allows, not as long as other calls.</summary>
internal sealed partial class OpenGateway
{
    /// <summary>For the way there and back, and for the gateway to say that the node was too slow.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    public Task<NodeInvokeResult> InvokeAsync(NodeInvokeParams parameters)
    {
        var given = JsonSerializer.SerializeToElement(parameters, ProtocolJson.Default.NodeInvokeParams);
        return Told(AskAsync());

        async Task<NodeInvokeResult> AskAsync()
        {
            var within = TimeSpan.FromMilliseconds(parameters.TimeoutMs ?? NodeInvokeParams.DefaultTimeoutMs) + Slack;
            var response = await connection.CallAsync(NodeInvokeParams.Method, given, within, cancellation);
            return response.Error is { } refusal ? throw new GatewayException(refusal) : response.Payload!.Value.Deserialize(ProtocolJson.Default.NodeInvokeResult)!;
        }
    }
}
