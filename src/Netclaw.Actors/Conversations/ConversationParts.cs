using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Conversations;

/// <summary>What all conversations share.</summary>
public sealed class ConversationParts
{
    public required JournalParts Journal { get; init; }
    public required ConversationsView View { get; init; }
    public required ConversationNews News { get; init; }
    public required TurnBoard Turns { get; init; }
    public required IAgents Agents { get; init; }
    public required IAgentTools Tools { get; init; }
    public ConversationPace Pace { get; init; } = ConversationPace.Default;
    public required ILogger Log { get; init; }
}
