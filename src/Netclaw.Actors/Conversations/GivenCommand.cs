using Akka.Actor;

namespace Netclaw.Actors.Conversations;

/// <summary>
/// A command that the catalogue gave to a conversation. It is answered once: by the conversation, or, when that has stopped, by the catalogue, which may not have heard yet that it was. Thread-safe.
/// </summary>
internal sealed class GivenCommand(IActorRef asker, long command)
{
    private int _answered;

    public long Command => command;

    public void Answer(ConversationReply reply)
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            asker.Tell(reply);
        }
    }
}
