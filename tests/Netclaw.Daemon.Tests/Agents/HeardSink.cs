using System.Collections.Concurrent;
using System.Text.Json;
using Netclaw.Actors.Agents;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>Keeps what an agent said, as one line each.</summary>
internal sealed class HeardSink : IAgentSink
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentQueue<string> _deltas = [];

    /// <summary>Told of every line.</summary>
    public Action<string>? Heard { get; set; }

    public string[] Lines => [.. _lines];

    public string[] Deltas => [.. _deltas];

    public string Text => string.Concat(_deltas);

    public void Delta(string text)
    {
        _deltas.Enqueue(text);
        Add($"delta {text}");
    }

    public void ToolCalled(string call, string tool, JsonElement arguments) => Add($"{call}: {tool} {arguments.GetRawText()}");

    public void ToolAnswered(string call, string tool, ToolAnswer answer) => Add($"{call}: {tool} {(answer.Ok ? "ok" : "refused")}: {answer.Text}");

    public void Status(string phase) => Add($"status {phase}");

    private void Add(string line)
    {
        _lines.Enqueue(line);
        Heard?.Invoke(line);
    }
}
