using Akka.Actor;
using Netclaw.Actors.Agents;

namespace Netclaw.Actors.Conversations;

/// <summary>Conversations, for whoever serves them.</summary>
public sealed class ConversationAccess
{
    /// <summary>The catalogue's actor of this moment: another one after the journal was away and came back. Whoever asks it watches the one asked.</summary>
    public required Func<IActorRef> Actor { get; init; }

    public required ConversationsView View { get; init; }
    public required Followers Followers { get; init; }
    public required TurnBoard Turns { get; init; }
    public required IAgents Agents { get; init; }
}
