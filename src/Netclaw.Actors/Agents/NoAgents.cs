using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Actors.Agents;

/// <summary>Where the configuration names none.</summary>
public sealed class NoAgents : IAgents
{
    public ImmutableArray<AgentDescription> All => [];

    public IAgentRuntime? Find(string id) => null;
}

/// <summary>Nothing may be called, and nobody is asked.</summary>
public sealed class NoTools : IAgentTools
{
    public ImmutableArray<AgentTool> All => [];

    public Task<ToolAnswer> CallAsync(AgentTurn turn, string tool, JsonElement arguments, CancellationToken cancellation) => Task.FromResult(new ToolAnswer(false, $"there is no tool {tool}"));

    public Task<bool> ApprovedAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation) => Task.FromResult(false);
}
