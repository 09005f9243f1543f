using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Listeners;

/// <summary>One connection's place among the unauthenticated ones, from accept until it authenticates or closes.</summary>
public sealed class Admitted : IDisposable
{
    private readonly Admission _admission;
    private Action<CutCause>? _cut;

    internal Admitted(Admission admission, AddressKey address, DateTimeOffset at, DateTimeOffset deadline, Action<CutCause> cut)
    {
        _admission = admission;
        _cut = cut;
        Address = address;
        At = at;
        Deadline = deadline;
        InAge = new LinkedListNode<Admitted>(this);
        InAddress = new LinkedListNode<Admitted>(this);
    }

    public AddressKey Address { get; }

    public DateTimeOffset At { get; }

    public DateTimeOffset Deadline { get; }

    internal LinkedListNode<Admitted> InAge { get; }

    internal LinkedListNode<Admitted> InAddress { get; }

    internal volatile bool IsClaimed;

    /// <summary>A session has taken over: from now on it watches the deadline, and <paramref name="cut"/> is told of an eviction.</summary>
    /// <returns>False when the connection has already been cut.</returns>
    public bool Claim(Action<CutCause> cut)
    {
        var previous = Volatile.Read(ref _cut);
        if (previous is null || Interlocked.CompareExchange(ref _cut, cut, previous) != previous)
        {
            return false;
        }

        IsClaimed = true;
        return true;
    }

    /// <summary>Authenticated: no longer counted, no longer evictable.</summary>
    public void Promote() => _admission.Leave(this);

    public void Dispose()
    {
        Interlocked.Exchange(ref _cut, null);
        _admission.Leave(this);
    }

    internal void Cut(CutCause cause) => Interlocked.Exchange(ref _cut, null)?.Invoke(cause);
}
