using System.Collections.Frozen;
using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Agents.OpenAi;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents;

/// <summary>The agents of netclaw.json. What a runtime needs is loaded when it is first asked.</summary>
internal sealed class ConfiguredAgents : IAgents, IDisposable
{
    private readonly FrozenDictionary<string, IAgentRuntime> _byId;

    public ConfiguredAgents(AgentsOptions options, Func<AgentOptions, IAgentRuntime> runtime)
    {
        All = [.. options.All.Select(Described)];
        _byId = options.All.ToFrozenDictionary(agent => agent.Id, runtime, StringComparer.Ordinal);
    }

    public ImmutableArray<AgentDescription> All { get; }

    public IAgentRuntime? Find(string id) => _byId.GetValueOrDefault(id);

    public void Dispose()
    {
        foreach (var runtime in _byId.Values.OfType<IDisposable>())
        {
            runtime.Dispose();
        }
    }

    private static AgentDescription Described(AgentOptions agent) => agent.Runtime switch
    {
        AgentKind.OpenAi => new AgentDescription(agent.Id, agent.Name ?? agent.Id, "openai", agent.Model.Name) { Tools = agent.Tools, Approve = agent.Approve },
        AgentKind.Acp => new AgentDescription(agent.Id, agent.Name ?? agent.Id, "acp", null) { Tools = agent.Tools, Approve = agent.Approve },
        _ => throw new ArgumentOutOfRangeException(nameof(agent), agent.Runtime, "no such runtime"),
    };
}
