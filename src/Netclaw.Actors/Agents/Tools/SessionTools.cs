using System.Text.Json.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>Lists conversations.</summary>
internal sealed class SessionsListTool() : GatewayTool(
    ToolNames.SessionsList, "Lists conversations of this gateway, the latest first.",
    """{"type":"object","properties":{"search":{"type":"string","description":"Only those with this in key, label or last message."},"limit":{"type":"integer","minimum":1,"maximum":100}},"additionalProperties":false}""",
    SessionsListParams.Method)
{
    public override Task<ToolAnswer> CallAsync(ToolUse use) => use.AnswerAsync(SessionsListParams.Method, use.With(("search", "search"), ("limit", "limit")));
}

/// <summary>Shows what was said in a conversation.</summary>
internal sealed class SessionsHistoryTool() : GatewayTool(
    ToolNames.SessionsHistory, "The latest messages of a conversation.",
    """{"type":"object","properties":{"sessionKey":{"type":"string","description":"As sessions_list names it; left out: this conversation."},"limit":{"type":"integer","minimum":1,"maximum":100}},"additionalProperties":false}""",
    ChatHistoryParams.Method)
{
    private const int Usual = 20;

    public override Task<ToolAnswer> CallAsync(ToolUse use)
    {
        var parameters = use.With(("limit", "limit"));
        parameters["sessionKey"] = use.Text("sessionKey") ?? use.Turn.Conversation.ToString();
        parameters.TryAdd("limit", Usual);
        return use.AnswerAsync(ChatHistoryParams.Method, parameters);
    }
}

/// <summary>Says something in another conversation, whose agent answers it there.</summary>
internal sealed class SessionsSendTool() : GatewayTool(
    ToolNames.SessionsSend, "Says something in another conversation; its agent answers it there, later. The answer is not returned.",
    """{"type":"object","properties":{"sessionKey":{"type":"string","description":"As sessions_list names it."},"message":{"type":"string"}},"required":["sessionKey","message"],"additionalProperties":false}""",
    SessionsSendParams.Method)
{
    public override async Task<ToolAnswer> CallAsync(ToolUse use)
    {
        if (use.Text("sessionKey") is not { } key || use.Text("message") is not { } message)
        {
            return ToolUse.Wrong("sessionKey and message have to be given");
        }

        return key == use.Turn.Conversation.ToString()
            ? ToolUse.Wrong("this is the conversation that you are in; say it in your answer")
            : await use.AnswerAsync(SessionsSendParams.Method, new JsonObject { ["key"] = key, ["message"] = message });
    }
}
