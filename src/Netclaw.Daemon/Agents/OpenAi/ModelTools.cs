using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Configuration;
using OpenAI.Chat;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>The tools of one turn, as a model is offered and answered them.</summary>
internal sealed class ModelTools(AgentOptions agent, AgentTurn turn, IAgentSink sink)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private readonly ImmutableArray<AgentTool> _offered = agent.MaxToolRounds == 0 ? [] : [.. turn.Tools.All.Where(tool => agent.Tools.Contains(tool.Name))];

    public ChatCompletionOptions Options()
    {
        var options = new ChatCompletionOptions();
        foreach (var tool in _offered)
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Purpose, BinaryData.FromString(tool.Parameters.GetRawText())));
        }

        return options;
    }

    /// <summary>What the model said and called, as it is told again.</summary>
    public static AssistantChatMessage Asked(ModelReply reply)
    {
        var message = new AssistantChatMessage(reply.Calls.Select(call => ChatToolCall.CreateFunctionToolCall(call.Id, call.Tool, BinaryData.FromString(call.Arguments))));
        if (reply.Text.Length > 0)
        {
            message.Content.Add(ChatMessageContentPart.CreateTextPart(reply.Text));
        }

        return message;
    }

    /// <summary>One after the other, in the model's order: a later call may count on an earlier one.</summary>
    public async Task<List<ChatMessage>> CallAsync(ImmutableArray<ModelToolCall> calls, CancellationToken cancellation)
    {
        var answers = new List<ChatMessage>(calls.Length);
        foreach (var call in calls)
        {
            sink.Status($"calling {call.Tool}");
            var arguments = Read(call.Arguments);
            sink.ToolCalled(call.Id, call.Tool, arguments ?? Nothing);
            var answer = arguments is not { } given ? new ToolAnswer(false, "The arguments are no JSON object.")
                : _offered.Any(tool => tool.Name == call.Tool) ? await turn.Tools.CallAsync(turn, call.Tool, given, cancellation)
                : new ToolAnswer(false, $"There is no tool of that name here. There are: {string.Join(", ", _offered.Select(tool => tool.Name))}.");
            cancellation.ThrowIfCancellationRequested();
            sink.ToolAnswered(call.Id, call.Tool, answer);
            answers.Add(new ToolChatMessage(call.Id, answer.Text));
        }

        return answers;
    }

    private static JsonElement? Read(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
