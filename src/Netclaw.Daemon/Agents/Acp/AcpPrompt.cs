using System.Text;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>A turn as a prompt of the protocol. The agent's process is a new one, so that what was said before is told first, as a transcript.</summary>
internal static class AcpPrompt
{
    public static JsonArray Of(AgentTurn turn) => turn.History.IsEmpty ? [Text(turn.Prompt)] : [Text(Transcript(turn)), Text(turn.Prompt)];

    private static string Transcript(AgentTurn turn)
    {
        var text = new StringBuilder("What was said in this conversation before, oldest first:\n\n");
        foreach (var said in turn.History)
        {
            text.Append('[').Append(Who(said)).Append("] ").Append(said.Text).Append("\n\n");
        }

        return text.Append("What follows is said now.").ToString();
    }

    private static string Who(Said said) => said.Speaker switch
    {
        Speaker.User => "user",
        Speaker.Assistant => "you",
        Speaker.System => "note of the gateway",
        Speaker.Tool => "tool",
        _ => throw new ArgumentOutOfRangeException(nameof(said), said.Speaker, "no such speaker"),
    };

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
}
