using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>Starts another agent's turn or a program beside this conversation.</summary>
internal sealed class SessionsSpawnTool() : GatewayTool(
    ToolNames.SessionsSpawn, "Starts a task beside this conversation and returns at once with a runId; its end is told to this conversation later. runtime subagent or acp: an agent does the task; command: a program runs.",
    """
    {"type":"object","properties":{
      "runtime":{"type":"string","enum":["subagent","acp","command"],"description":"Left out: subagent."},
      "task":{"type":"string","description":"What the agent is to do; subagent and acp."},
      "agentId":{"type":"string"},
      "argv":{"type":"array","items":{"type":"string"},"description":"The program and its arguments; command."},
      "cwd":{"type":"string"},"label":{"type":"string"},
      "runTimeoutSeconds":{"type":"integer","minimum":1},
      "cleanup":{"type":"string","enum":["keep","delete"]}},"additionalProperties":false}
    """,
    Method)
{
    private const string Method = "runs.spawn";
    private const string Command = "command";

    public override string? RunsProgram(JsonElement arguments) =>
        arguments.TryGetProperty("runtime", out var runtime) && runtime.ValueKind == JsonValueKind.String && runtime.GetString() == Command
            ? $"run {(arguments.TryGetProperty("argv", out var argv) ? argv.GetRawText() : "a program")}"
            : null;

    public override Task<ToolAnswer> CallAsync(ToolUse use)
    {
        var parameters = use.With(
            ("runtime", "runtime"), ("task", "task"), ("agentId", "agentId"), ("argv", "argv"), ("cwd", "cwd"), ("label", "label"), ("runTimeoutSeconds", "runTimeoutSeconds"), ("cleanup", "cleanup"));
        parameters.TryAdd("runtime", "subagent");
        parameters["parentSessionKey"] = use.Turn.Conversation.ToString();
        return use.AnswerAsync(Method, parameters);
    }
}

/// <summary>Lists and ends runs.</summary>
internal sealed class SubagentsTool() : GatewayTool(
    ToolNames.Subagents, "Runs that were started beside conversations: list them, or cancel one with all that it started.",
    """{"type":"object","properties":{"action":{"type":"string","enum":["list","cancel"]},"runId":{"type":"string","description":"Which one to cancel."},"active":{"type":"boolean","description":"List only those that wait or run."}},"required":["action"],"additionalProperties":false}""",
    List, Cancel)
{
    private const string List = "runs.list";
    private const string Cancel = "runs.cancel";

    public override async Task<ToolAnswer> CallAsync(ToolUse use) => (use.Text("action"), use.Text("runId")) switch
    {
        ("list", _) => await use.AnswerAsync(List, use.With(("active", "active"))),
        ("cancel", { } run) => await use.AnswerAsync(Cancel, new JsonObject { ["runId"] = run }),
        ("cancel", null) => ToolUse.Wrong("runId has to be given"),
        _ => ToolUse.Wrong("action is list or cancel"),
    };
}
