using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>Lists nodes.</summary>
internal sealed class NodesListTool() : GatewayTool(
    ToolNames.NodesList, "Machines and phones that lend commands to this gateway, with their ids, whether they are connected, and their commands.",
    """{"type":"object","properties":{},"additionalProperties":false}""",
    Method)
{
    private const string Method = "node.list";

    public override Task<ToolAnswer> CallAsync(ToolUse use) => use.AnswerAsync(Method, []);
}

/// <summary>Has a node run one of the commands that it lends.</summary>
internal sealed class NodeInvokeTool() : GatewayTool(
    ToolNames.NodeInvoke, "Has a node run one of its commands, and returns what it answers. People may be asked first.",
    """
    {"type":"object","properties":{
      "nodeId":{"type":"string","description":"As nodes_list names it."},
      "command":{"type":"string","description":"One of the node's commands, for example system.run."},
      "params":{"type":"object","description":"What the command takes."},
      "timeoutMs":{"type":"integer","minimum":1,"maximum":600000}},"required":["nodeId","command"],"additionalProperties":false}
    """,
    NodeInvokeParams.Method)
{
    public override string? RunsProgram(JsonElement arguments) => $"{Shown(arguments, "command")} on node {Shown(arguments, "nodeId")}";

    public override async Task<ToolAnswer> CallAsync(ToolUse use)
    {
        if (use.Text("nodeId") is null || use.Text("command") is null)
        {
            return ToolUse.Wrong("nodeId and command have to be given");
        }

        var parameters = use.With(("nodeId", "nodeId"), ("command", "command"), ("params", "params"), ("timeoutMs", "timeoutMs"));
        parameters["idempotencyKey"] = Guid.NewGuid().ToString();
        return await use.AnswerAsync(NodeInvokeParams.Method, parameters);
    }

    private static string Shown(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "?";
}
