using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>
/// How turns of this process ended, for whoever waits for one. The latest ends are kept; whoever waits is told whatever else ends meanwhile, and leaves nothing behind. A run's name is one of its conversation's:
/// who knows no more than the name means the turn of that name which was asked for last. Thread-safe.
/// </summary>
public sealed class TurnBoard
{
    private const int Most = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ConversationKey Key, string Run), TurnEnded> _ended = [];
    private readonly Queue<(ConversationKey Key, string Run)> _order = [];
    private readonly Dictionary<string, ConversationKey> _latest = new(StringComparer.Ordinal);

    /// <summary>By the turn that is meant; of no conversation: the first of that name.</summary>
    private readonly Dictionary<(ConversationKey Key, string Run), HashSet<TaskCompletionSource<TurnEnded>>> _waiting = [];

    /// <summary>What is held, for whoever asks whether it stays little.</summary>
    public (int Ended, int Named, int Waiting) Held
    {
        get
        {
            lock (_gate)
            {
                return (_ended.Count, _latest.Count, _waiting.Count);
            }
        }
    }

    /// <summary>A turn is open; <see cref="Ended"/> will say when it is not.</summary>
    public void Asked(ConversationKey key, string run)
    {
        lock (_gate)
        {
            _ended.Remove((key, run)); // of a transcript before
            _latest[run] = key;
        }
    }

    public void Ended(TurnEnded ended)
    {
        var turn = (ended.Key, ended.Run);
        lock (_gate)
        {
            _latest.TryAdd(ended.Run, ended.Key);
            if (!_ended.TryAdd(turn, ended))
            {
                return;
            }

            _order.Enqueue(turn);
            Release(turn, ended);
            Release((default, ended.Run), ended);
            while (_order.Count > Most && _order.TryDequeue(out var oldest))
            {
                Forget(oldest);
            }
        }
    }

    /// <param name="key">Null: whichever was asked for last.</param>
    /// <returns>Null: it is not known to have ended.</returns>
    public TurnEnded? Find(ConversationKey? key, string run)
    {
        lock (_gate)
        {
            return _ended.GetValueOrDefault((key ?? _latest.GetValueOrDefault(run), run));
        }
    }

    /// <param name="key">As <see cref="Find"/>'s.</param>
    /// <returns>Null: it did not end in time.</returns>
    public async Task<TurnEnded?> WaitAsync(ConversationKey? key, string run, TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        var wait = new TaskCompletionSource<TurnEnded>(TaskCreationOptions.RunContinuationsAsynchronously);
        (ConversationKey, string) turn;
        lock (_gate)
        {
            turn = (key ?? _latest.GetValueOrDefault(run), run);
            if (_ended.TryGetValue(turn, out var ended))
            {
                return ended;
            }

            (_waiting.TryGetValue(turn, out var others) ? others : _waiting[turn] = []).Add(wait);
        }

        try
        {
            return await wait.Task.WaitAsync(within, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            Leave(turn, wait);
        }
    }

    private void Release((ConversationKey, string) turn, TurnEnded ended)
    {
        if (_waiting.Remove(turn, out var waiting))
        {
            foreach (var wait in waiting)
            {
                wait.TrySetResult(ended);
            }
        }
    }

    private void Leave((ConversationKey, string) turn, TaskCompletionSource<TurnEnded> wait)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(turn, out var others) && others.Remove(wait) && others.Count == 0)
            {
                _waiting.Remove(turn);
            }
        }
    }

    /// <summary>A turn of the same name that is open again is not forgotten: its end will be in the order once more.</summary>
    private void Forget((ConversationKey Key, string Run) oldest)
    {
        if (_ended.Remove(oldest) && _latest.TryGetValue(oldest.Run, out var key) && key == oldest.Key)
        {
            _latest.Remove(oldest.Run);
        }
    }
}
