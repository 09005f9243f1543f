using System.Collections.Immutable;

namespace Netclaw.Actors.Agents;

/// <summary>Where the configuration names no agent.</summary>
internal sealed class NoAgents : IAgents
{
    public ImmutableArray<AgentDescription> All => [];

    public IAgentRuntime? Find(string id) => null;
}
