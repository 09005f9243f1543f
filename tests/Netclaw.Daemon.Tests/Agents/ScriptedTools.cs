using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>Two tools: <c>nodes_list</c> answers, <c>node_invoke</c> refuses.</summary>
internal sealed class ScriptedTools : IAgentTools
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""{"type":"object","properties":{"q":{"type":"string"}}}""").RootElement;

    public ImmutableArray<AgentTool> All { get; } = [new(ToolNames.NodesList, "Lists nodes.", Schema), new(ToolNames.NodeInvoke, "Runs a command.", Schema)];

    public List<(string Tool, string Arguments)> Called { get; } = [];

    /// <summary>What people were asked, and answered.</summary>
    public List<string> Asked { get; } = [];

    public bool Approves { get; set; }

    public Func<Task>? Meanwhile { get; set; }

    public async Task<ToolAnswer> CallAsync(AgentTurn turn, string tool, JsonElement arguments, CancellationToken cancellation)
    {
        Called.Add((tool, arguments.GetRawText()));
        await (Meanwhile?.Invoke() ?? Task.CompletedTask);
        return tool == ToolNames.NodesList ? new ToolAnswer(true, "den, attic") : new ToolAnswer(false, "not approved");
    }

    public Task<bool> ApprovedAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation)
    {
        Asked.Add($"{title} {details.GetRawText()}");
        return Task.FromResult(Approves);
    }
}
