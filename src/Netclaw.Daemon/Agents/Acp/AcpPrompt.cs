using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Netclaw.Actors.Conversations;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>A turn as a prompt of the protocol. The agent's process is a new one, so that what was said and it does not remember is told first, as a transcript.</summary>
internal static class AcpPrompt
{
    /// <param name="history">What the agent does not know, oldest first.</param>
    public static JsonArray Of(ImmutableArray<Said> history, string prompt) => history.IsEmpty ? [Text(prompt)] : [Text(Transcript(history)), Text(prompt)];

    private static string Transcript(ImmutableArray<Said> history)
    {
        var text = new StringBuilder("What was said in this conversation before, oldest first:\n\n");
        foreach (var said in history)
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
