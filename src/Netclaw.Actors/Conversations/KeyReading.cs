using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>Which conversation a client means. Pure.</summary>
public static class KeyReading
{
    /// <summary>The agent of keys that name none, where none is configured either.</summary>
    public const string FallbackAgent = "main";

    /// <summary>The whole key, or a bare name as one of the agent's: <c>main</c> is <c>agent:main:main</c>.</summary>
    /// <param name="agent">Null: the default one.</param>
    public static bool TryRead(string text, string? agent, ImmutableArray<AgentDescription> agents, out ConversationKey key)
    {
        var trimmed = text.Trim().ToLowerInvariant();
        return ConversationKey.TryParse(trimmed, out key) || (!trimmed.Contains(':', StringComparison.Ordinal) && ConversationKey.TryParse($"agent:{agent ?? DefaultOf(agents)}:{trimmed}", out key));
    }

    public static string DefaultOf(ImmutableArray<AgentDescription> agents) => agents.IsEmpty ? FallbackAgent : agents[0].Id;
}
