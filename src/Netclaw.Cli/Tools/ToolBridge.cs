using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Netclaw.Cli.Commands;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tools;

/// <summary>
/// <c>netclaw mcp</c>: tools that the gateway lends to an agent's turn, in the Model Context Protocol on the standard streams. It knows none of them: what there is and what a call comes to, the gateway says. Ends with
/// its input, or with the connection, which the gateway closes at the turn's end. The protocol's library is loaded by this class alone.
/// </summary>
internal sealed class ToolBridge(CommandContext context)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(context.Host.Environment(HandedSecrets.SpawnVariable)) || string.IsNullOrEmpty(context.Host.Environment(EndpointSurvey.UrlVariable)))
        {
            throw new CommandFailure(
                RefusalCode.UsageError, $"netclaw {McpCommand.Name} serves the turn of an agent, which starts it with {EndpointSurvey.UrlVariable} and {HandedSecrets.SpawnVariable}; they are not set.", "netclaw chat");
        }

        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        await using var transport = new StdioServerTransport("netclaw");
        await using var server = McpServer.Create(transport, new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "netclaw", Version = VersionText.Number },
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = async (_, _) => await ListAsync(gateway),
                CallToolHandler = async (asked, withdrawn) => await CallAsync(gateway, asked.Params!, withdrawn),
            },
        });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var serving = server.RunAsync(ending.Token);
        await Task.WhenAny(serving, gateway.Closed);
        await ending.CancelAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Ok;
    }

    private static async Task<ListToolsResult> ListAsync(OpenGateway gateway)
    {
        try
        {
            return new ListToolsResult { Tools = [.. (await gateway.ToolsAsync()).Tools.Select(Shown)] };
        }
        catch (CommandFailure refused)
        {
            throw new McpProtocolException($"{refused.Error.Code}: {refused.Error.Message}", McpErrorCode.InternalError);
        }
    }

    /// <summary>A refusal is an answer of the tool's: whoever called it can make something of that.</summary>
    private static async Task<CallToolResult> CallAsync(OpenGateway gateway, CallToolRequestParams asked, CancellationToken withdrawn)
    {
        try
        {
            return Told(await gateway.CallToolAsync(new AgentToolsCallParams(asked.Name, Arguments(asked)), withdrawn));
        }
        catch (CommandFailure refused)
        {
            return Told(new AgentToolsCallResult(false, $"{refused.Error.Code}: {refused.Error.Message}"));
        }
    }

    private static Tool Shown(AgentToolRow tool) => new() { Name = tool.Name, Description = tool.Description, InputSchema = tool.InputSchema };

    private static JsonElement Arguments(CallToolRequestParams asked)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, value) in asked.Arguments ?? new Dictionary<string, JsonElement>())
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(text.ToArray());
    }

    private static CallToolResult Told(AgentToolsCallResult answer) => new() { IsError = !answer.Ok, Content = [new TextContentBlock { Text = answer.Text }] };
}
