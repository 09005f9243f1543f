using Akka.Actor;

namespace Netclaw.Actors.Methods;

/// <summary>
/// What a handler has asked of an actor that answers by command id, as long as it is not answered. Whoever is asked is watched: of one that has stopped the handler hears at
/// once, so that nothing waits for ever. For one actor, on its own thread.
/// </summary>
/// <typeparam name="T">What the handler keeps of a question.</typeparam>
internal sealed class OpenQuestions<T>
{
    private readonly Dictionary<long, (T Kept, IActorRef Asked)> _open = [];
    private long _lastCommand;

    /// <param name="command">Makes the command of an id.</param>
    public void Ask(IActorContext context, IActorRef asked, T kept, Func<long, object> command)
    {
        var id = ++_lastCommand;
        _open.Add(id, (kept, asked));
        context.Watch(asked); // idempotent
        asked.Tell(command(id), context.Self);
    }

    /// <returns>False: nobody waits for this answer any more.</returns>
    public bool TryTake(long commandId, out T kept)
    {
        var found = _open.Remove(commandId, out var question);
        kept = question.Kept;
        return found;
    }

    /// <summary>All that <paramref name="asked"/>, which has stopped, will not answer.</summary>
    public List<T> TakeAll(IActorRef asked)
    {
        var unanswered = _open.Where(question => question.Value.Asked.Equals(asked)).ToList();
        foreach (var (id, _) in unanswered)
        {
            _open.Remove(id);
        }

        return [.. unanswered.Select(question => question.Value.Kept)];
    }
}
