using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Listeners;

/// <summary>
/// The unauthenticated connections of one listener, counted and timed from accept: half-open and dripping ones included. When a
/// place is wanted, the oldest of the same address, else the oldest of all, makes room; an authenticated connection is not in here
/// and cannot be evicted.
/// </summary>
public sealed class Admission : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Admitted> _byAge = new();
    private readonly Dictionary<AddressKey, LinkedList<Admitted>> _byAddress = [];
    private readonly AdmissionLimits _limits;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private bool _sweepIsSet;

    public Admission(AdmissionLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _sweep = time.CreateTimer(static self => ((Admission)self!).CutOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byAge.Count;
            }
        }
    }

    /// <param name="cut">Ends the connection; called at most once, outside any lock, unless <see cref="Admitted.Claim"/> replaced it.</param>
    public Admitted Admit(AddressKey address, Action<CutCause> cut)
    {
        var now = _time.GetUtcNow();
        var entry = new Admitted(this, address, now, now + _limits.Handshake, cut);
        Admitted? evicted;
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(address, out var ofAddress))
            {
                _byAddress[address] = ofAddress = new LinkedList<Admitted>();
            }

            ofAddress.AddLast(entry.InAddress);
            _byAge.AddLast(entry.InAge);
            evicted = ofAddress.Count > _limits.PerAddress ? ofAddress.First!.Value : _byAge.Count > _limits.Total ? _byAge.First!.Value : null;
            if (evicted is not null)
            {
                Take(evicted);
            }

            SetSweep(now);
        }

        evicted?.Cut(CutCause.Evicted);
        return entry;
    }

    public void Dispose() => _sweep.Dispose();

    /// <summary>Authenticated, or closed: it is no longer one of the counted.</summary>
    internal void Leave(Admitted entry)
    {
        lock (_gate)
        {
            Take(entry);
        }
    }

    private void Take(Admitted entry)
    {
        if (entry.InAge.List is null)
        {
            return;
        }

        _byAge.Remove(entry.InAge);
        var ofAddress = _byAddress[entry.Address];
        ofAddress.Remove(entry.InAddress);
        if (ofAddress.Count == 0)
        {
            _byAddress.Remove(entry.Address);
        }
    }

    private void CutOverdue()
    {
        var now = _time.GetUtcNow();
        var overdue = new List<Admitted>();
        lock (_gate)
        {
            _sweepIsSet = false;
            // A claimed one keeps its place; its session watches the deadline.
            overdue.AddRange(_byAge.TakeWhile(entry => entry.Deadline <= now).Where(entry => !entry.IsClaimed));
            overdue.ForEach(Take);
            SetSweep(now);
        }

        overdue.ForEach(entry => entry.Cut(CutCause.Overdue));
    }

    private void SetSweep(DateTimeOffset now)
    {
        if (_sweepIsSet || _byAge.FirstOrDefault(entry => !entry.IsClaimed) is not { } next)
        {
            return;
        }

        _sweepIsSet = true;
        _sweep.Change(next.Deadline > now ? next.Deadline - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

/// <param name="PerAddress">Of one client address.</param>
/// <param name="Total">Of all.</param>
/// <param name="Handshake">From accept to authenticated.</param>
public sealed record AdmissionLimits(int PerAddress, int Total, TimeSpan Handshake);

/// <summary>Why an unauthenticated connection was cut.</summary>
public enum CutCause
{
    /// <summary>It was the oldest when a place was wanted.</summary>
    Evicted,

    /// <summary>It did not authenticate in time.</summary>
    Overdue,
}
