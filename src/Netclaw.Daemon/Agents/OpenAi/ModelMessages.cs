using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using OpenAI.Chat;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>A conversation as a model is told it.</summary>
internal static class ModelMessages
{
    /// <param name="system">What its owner tells it before everything else.</param>
    public static List<ChatMessage> Of(AgentTurn turn, string? system)
    {
        var messages = new List<ChatMessage>(turn.History.Length + 2);
        if (!string.IsNullOrWhiteSpace(system))
        {
            messages.Add(new SystemChatMessage(system));
        }

        messages.AddRange(turn.History.Where(said => said.Text.Length > 0).Select(Of));
        messages.Add(new UserChatMessage(turn.Prompt));
        return messages;
    }

    /// <summary>The gateway's notes repeat what programs and tools have said: none of it speaks with the owner's voice, which the system role is.</summary>
    private static ChatMessage Of(Said said) => said.Speaker switch
    {
        Speaker.User => new UserChatMessage(said.Text),
        Speaker.Assistant => new AssistantChatMessage(said.Text),
        Speaker.System => new UserChatMessage($"[note of the gateway, not of a person] {said.Text}"),
        Speaker.Tool => new UserChatMessage($"[what a tool answered before] {said.Text}"),
        _ => throw new ArgumentOutOfRangeException(nameof(said), said.Speaker, "no such speaker"),
    };
}
