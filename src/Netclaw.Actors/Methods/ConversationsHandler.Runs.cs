using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What a conversation has started goes with it: the runs that it is the parent of, and all that those started.</summary>
internal sealed partial class ConversationsHandler
{
    private readonly OpenQuestions<Ending> _ending = new();

    /// <summary>Ends them, durably, once the conversation was stopped or went; a refusal is the call's answer.</summary>
    /// <param name="gone">The conversation is not to be told.</param>
    /// <param name="then">Takes how many were alive.</param>
    private void EndRuns(MethodCall call, ConversationKey key, bool gone, Action<int> then) => _ending.Ask(
        Context, parts.Runs(), new Ending(call, then),
        id => new RunCommand.CancelOf(id, DateTimeOffset.FromUnixTimeMilliseconds(call.Now.ToUnixTimeMilliseconds()), key, gone, call.Principal.Run, call.Principal.Subject));

    /// <summary>Of a conversation that was stopped as a whole; one turn that was named leaves alone what others have started.</summary>
    private void EndRunsUnlessOne(MethodCall call, ConversationKey key, string? turn, Action<int> then)
    {
        if (turn is null)
        {
            EndRuns(call, key, gone: false, then);
        }
        else
        {
            then(0);
        }
    }

    private void Ended(RunReply reply)
    {
        if (!_ending.TryTake(reply.CommandId, out var ending))
        {
            return;
        }

        switch (reply)
        {
            case RunReply.Cancelled cancelled: ending.Then(cancelled.Ended.Length); break;
            case RunReply.Refused refused: Refuse(ending.Call, refused.Code, refused.Message); break;
            default: throw new ArgumentOutOfRangeException(nameof(reply), reply, "no such reply");
        }
    }

    private sealed record Ending(MethodCall Call, Action<int> Then);
}
