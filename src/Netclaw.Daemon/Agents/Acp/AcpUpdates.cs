using System.Globalization;
using System.Text;
using System.Text.Json;
using Netclaw.Actors.Agents;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>What an agent says of its work (<c>session/update</c>), as the conversation hears it. For one thread.</summary>
internal sealed class AcpUpdates(IAgentSink sink, AnswerText answer)
{
    private const int MostTools = 1000;
    private const int LongestTool = 100;
    private const int LongestAnswer = 16 * 1024;

    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private readonly Dictionary<string, string> _tools = new(StringComparer.Ordinal);
    private string _status = "";

    public void Hear(JsonElement update)
    {
        switch (update.Text("sessionUpdate"))
        {
            case "agent_message_chunk": Say(update); break;
            case "agent_thought_chunk": Status("thinking"); break;
            case "tool_call": Called(update); break;
            case "tool_call_update": Progressed(update); break;
            case "plan": Plan(update); break;
            default: break; // Modes, commands and whatever comes with later versions: nothing that a conversation keeps.
        }
    }

    /// <summary>Once for each change, however often the agent repeats it.</summary>
    public void Status(string phase)
    {
        if (_status != phase)
        {
            _status = phase;
            sink.Status(phase);
        }
    }

    private void Say(JsonElement update)
    {
        if (update.Member("content") is { } content && content.Text("type") == "text" && content.Text("text") is { } text)
        {
            _status = "";
            answer.Add(text);
        }
    }

    private void Called(JsonElement call)
    {
        if (call.Text("toolCallId") is not { Length: > 0 } id || _tools.Count >= MostTools)
        {
            return;
        }

        var tool = SeenText.Of(call.Text("name") ?? call.Text("title") ?? call.Text("kind") ?? "tool", most: LongestTool);
        if (_tools.TryAdd(id, tool))
        {
            answer.Part();
            Status($"calling {tool}");
            sink.ToolCalled(id, tool, call.Member("rawInput") is { ValueKind: JsonValueKind.Object } input ? input : Nothing);
        }

        Progressed(call);
    }

    private void Progressed(JsonElement call)
    {
        if (call.Text("status") is ("completed" or "failed") and var status && call.Text("toolCallId") is { } id && _tools.Remove(id, out var tool))
        {
            sink.ToolAnswered(id, tool, new ToolAnswer(status == "completed", Content(call)));
        }
    }

    private void Plan(JsonElement plan)
    {
        if (plan.Member("entries") is { ValueKind: JsonValueKind.Array } entries)
        {
            var all = entries.EnumerateArray().ToList();
            var done = all.Count(entry => entry.Text("status") == "completed");
            var current = all.Find(entry => entry.Text("status") == "in_progress").Text("content");
            Status(string.Create(CultureInfo.InvariantCulture, $"plan: {done} of {all.Count} done{(current is null ? "" : $", {SeenText.Of(current)}")}"));
        }
    }

    private static string Content(JsonElement call)
    {
        var text = new StringBuilder();
        if (call.Member("content") is { ValueKind: JsonValueKind.Array } parts)
        {
            foreach (var part in parts.EnumerateArray())
            {
                var said = part.Text("type") == "diff" ? $"changed {part.Text("path")}" : part.Member("content")?.Text("text");
                if (said is not null && text.Length < LongestAnswer)
                {
                    text.Append(text.Length > 0 ? "\n" : "").Append(said.AsSpan(0, Math.Min(said.Length, LongestAnswer - text.Length)));
                }
            }
        }

        return text.ToString();
    }
}
