using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What a conversation has started goes with it: the runs that it is the parent of, and all that those started.</summary>
internal sealed partial class ConversationsHandler
{
    private readonly OpenQuestions<Ending> _ending = new();

    /// <summary>Ends them, durably; a refusal is the call's answer.</summary>
    /// <param name="then">Takes how many were alive.</param>
    private void EndRuns(MethodCall call, ConversationKey key, Action<int> then) =>
        _ending.Ask(Context, parts.Runs(), new Ending(call, then), id => EndsRuns(call, id, key));

    /// <summary>As <see cref="EndRuns"/>, of a call that was answered: what a turn started before it was ended itself.</summary>
    private void EndLateRuns(MethodCall call, ConversationKey key) => EndRuns(call, key, _ => { });

    private static RunCommand.CancelOf EndsRuns(MethodCall call, long id, ConversationKey key) => new(
        id, DateTimeOffset.FromUnixTimeMilliseconds(call.Now.ToUnixTimeMilliseconds()), key, call.Principal.Run, call.Principal.Subject);

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
