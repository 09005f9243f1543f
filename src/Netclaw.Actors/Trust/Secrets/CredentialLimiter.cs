namespace Netclaw.Actors.Trust.Secrets;

/// <summary>
/// Counts wrong guesses (trust.md section 5). Pure but for its own table: time comes in. Loopback counts like everybody else; key
/// proofs never come here. The table is bounded: when it is full the oldest address that is not locked out makes room, so a lockout cannot be
/// flushed; when all are locked out, addresses that are not in it are limited until the first lockout ends. The global budget keeps that from being
/// brought about: it pays for fewer lockouts at a time than the table holds.
/// </summary>
public sealed class CredentialLimiter(CredentialLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LimitKey, Entry> _entries = [];
    private readonly LinkedList<Entry> _open = new();
    private readonly LinkedList<Entry> _locked = new();
    private readonly GuessBudget _budget = new(limits.GlobalPerMinute);
    private TimeSpan _latest;

    /// <summary>How many addresses are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>One guess, judged and counted in one step. What is limited is limited whether it was right or not: nobody learns anything from the answer.</summary>
    /// <param name="right">What comparing it came to.</param>
    /// <param name="at">On a clock that never goes back.</param>
    public LimitAnswer Judge(LimitKey key, bool right, TimeSpan at)
    {
        lock (_gate)
        {
            // Two threads may look at the clock in one order and come here in the other.
            var now = _latest = at > _latest ? at : _latest;
            Forget(now);
            var known = _entries.GetValueOrDefault(key);
            if (Wait(key, known, now) is { } wait)
            {
                return new LimitAnswer(SecretVerdict.Limited, wait);
            }

            if (right)
            {
                if (known is not null)
                {
                    Drop(known, _open);
                }

                return new LimitAnswer(SecretVerdict.Valid);
            }

            Note(key, known, now);
            return new LimitAnswer(SecretVerdict.Wrong);
        }
    }

    /// <returns>Null: it may be looked at.</returns>
    private TimeSpan? Wait(LimitKey key, Entry? known, TimeSpan now) => known switch
    {
        { LockedUntil: { } until } => until - now,
        null when _open.Count == 0 && _locked.Count >= limits.MaxEntries => _locked.First!.Value.LockedUntil!.Value - now,
        _ when IsBudgeted(key) => _budget.Wait(now),
        _ => null,
    };

    private void Note(LimitKey key, Entry? known, TimeSpan now)
    {
        if (IsBudgeted(key))
        {
            _budget.Spend(now);
        }

        var entry = known ?? Remember(key, now);
        if (++entry.Wrong < limits.MaxAttempts)
        {
            return;
        }

        entry.LockedUntil = now + limits.Lockout;
        _open.Remove(entry.Place);
        _locked.AddLast(entry.Place);
    }

    /// <summary>Anybody may guess at these, with no key of a device that is known.</summary>
    private static bool IsBudgeted(LimitKey key) => key.Class is CredentialClass.SharedSecret or CredentialClass.LegacyToken;

    private Entry Remember(LimitKey key, TimeSpan now)
    {
        if (_entries.Count >= limits.MaxEntries)
        {
            Drop(_open.First!.Value, _open);
        }

        var entry = new Entry(key, now);
        _entries.Add(key, entry);
        _open.AddLast(entry.Place);
        return entry;
    }

    /// <summary>Windows and lockouts are all of one length, so the first of each list is the first to end.</summary>
    private void Forget(TimeSpan now)
    {
        while (_open.First is { Value: var oldest } && oldest.FirstAt + limits.Window <= now)
        {
            Drop(oldest, _open);
        }

        while (_locked.First is { Value: var oldest } && oldest.LockedUntil <= now)
        {
            Drop(oldest, _locked);
        }
    }

    private void Drop(Entry entry, LinkedList<Entry> list)
    {
        _entries.Remove(entry.Key);
        list.Remove(entry.Place);
    }

    private sealed class Entry
    {
        public Entry(LimitKey key, TimeSpan firstAt)
        {
            Key = key;
            FirstAt = firstAt;
            Place = new LinkedListNode<Entry>(this);
        }

        public LimitKey Key { get; }

        public TimeSpan FirstAt { get; }

        public LinkedListNode<Entry> Place { get; }

        public int Wrong { get; set; }

        public TimeSpan? LockedUntil { get; set; }
    }
}
