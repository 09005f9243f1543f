using Akka.Actor;

namespace Netclaw.Actors.Conversations;

/// <summary>A conversation's actor, and what it was given and is not known to have answered.</summary>
internal sealed class AwakeConversation(ConversationId id, IActorRef actor, ConversationFate fate)
{
    public ConversationId Id => id;

    public IActorRef Actor => actor;

    public ConversationFate Fate => fate;

    public Dictionary<long, GivenCommand> Open { get; } = [];

    /// <summary>What came while it was asked to rest.</summary>
    public Queue<(ConversationCommand Command, IActorRef Asker)> Held { get; } = [];

    /// <summary>It was asked to rest and has not said whether it does: it is given nothing more.</summary>
    public bool Resting { get; set; }
}
