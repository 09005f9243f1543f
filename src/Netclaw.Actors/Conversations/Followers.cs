using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>Which connections want to hear of which conversations. Thread-safe; a connection that is gone leaves when it is next to be told, or is said to be gone.</summary>
public sealed class Followers
{
    private readonly Lock _gate = new();
    private readonly HashSet<SessionId> _everything = [];
    private readonly Dictionary<ConversationKey, HashSet<SessionId>> _byKey = [];
    private readonly Dictionary<(ConversationKey Key, string Run), HashSet<SessionId>> _byRun = [];
    private readonly Dictionary<SessionId, HashSet<ConversationKey>> _keys = [];
    private readonly Dictionary<SessionId, HashSet<(ConversationKey Key, string Run)>> _runs = [];

    /// <summary>Turns that somebody follows by themselves.</summary>
    public int Runs
    {
        get
        {
            lock (_gate)
            {
                return _byRun.Count;
            }
        }
    }

    /// <summary>All conversations: their turns, and what lists say of them.</summary>
    public void Follow(SessionId session)
    {
        lock (_gate)
        {
            _everything.Add(session);
        }
    }

    public void Unfollow(SessionId session)
    {
        lock (_gate)
        {
            _everything.Remove(session);
        }
    }

    /// <summary>One conversation: its messages and turns.</summary>
    /// <returns>False: the connection follows as many as it may.</returns>
    public bool Follow(SessionId session, ConversationKey key)
    {
        lock (_gate)
        {
            var keys = _keys.TryGetValue(session, out var there) ? there : _keys[session] = [];
            if (keys.Count >= ConversationLimits.Subscriptions && !keys.Contains(key))
            {
                return false;
            }

            keys.Add(key);
            Add(_byKey, key, session);
            return true;
        }
    }

    public void Unfollow(SessionId session, ConversationKey key)
    {
        lock (_gate)
        {
            if (_keys.TryGetValue(session, out var keys) && keys.Remove(key))
            {
                Remove(_byKey, key, session);
            }
        }
    }

    /// <summary>One turn, until it is over: whoever asks hears the answer. Runs of two conversations may have one name.</summary>
    public void Follow(SessionId session, ConversationKey key, string run)
    {
        lock (_gate)
        {
            Add(_byRun, (key, run), session);
            Add(_runs, session, (key, run));
        }
    }

    public void Unfollow(SessionId session, ConversationKey key, string run)
    {
        lock (_gate)
        {
            Remove(_byRun, (key, run), session);
            Remove(_runs, session, (key, run));
        }
    }

    public void Forget(ConversationKey key, string run)
    {
        lock (_gate)
        {
            if (_byRun.Remove((key, run), out var sessions))
            {
                foreach (var session in sessions)
                {
                    Remove(_runs, session, (key, run));
                }
            }
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Leave(SessionId session)
    {
        lock (_gate)
        {
            _everything.Remove(session);
            if (_keys.Remove(session, out var keys))
            {
                foreach (var key in keys)
                {
                    Remove(_byKey, key, session);
                }
            }

            if (_runs.Remove(session, out var runs))
            {
                foreach (var run in runs)
                {
                    Remove(_byRun, run, session);
                }
            }
        }
    }

    public IReadOnlyCollection<SessionId> OfEverything()
    {
        lock (_gate)
        {
            return [.. _everything];
        }
    }

    /// <summary>Each once.</summary>
    /// <param name="run">Null: not about a turn.</param>
    /// <param name="everything">Also those who follow all conversations.</param>
    public IReadOnlyCollection<SessionId> Of(ConversationKey key, string? run, bool everything = true)
    {
        lock (_gate)
        {
            var listeners = everything ? new HashSet<SessionId>(_everything) : [];
            listeners.UnionWith(_byKey.GetValueOrDefault(key) ?? []);
            listeners.UnionWith(run is null ? [] : _byRun.GetValueOrDefault((key, run)) ?? []);
            return listeners;
        }
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> index, TKey key, TValue value) where TKey : notnull =>
        (index.TryGetValue(key, out var present) ? present : index[key] = []).Add(value);

    private static void Remove<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> index, TKey key, TValue value) where TKey : notnull
    {
        if (index.TryGetValue(key, out var present) && present.Remove(value) && present.Count == 0)
        {
            index.Remove(key);
        }
    }
}
