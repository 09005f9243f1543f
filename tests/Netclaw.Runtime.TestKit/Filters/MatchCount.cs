using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Counts what filters match.</summary>
internal sealed class MatchCount : IDisposable
{
    private readonly IReadOnlyList<EventFilterBase> _filters;
    private readonly int _expected;
    private readonly SemaphoreSlim _enough = new(0);
    private int _seen;

    public MatchCount(IReadOnlyList<EventFilterBase> filters, int expected)
    {
        _filters = filters;
        _expected = expected;
        foreach (var filter in filters) filter.Matched += OnMatch;
    }

    public int Seen => Volatile.Read(ref _seen);

    public void Dispose()
    {
        foreach (var filter in _filters) filter.Matched -= OnMatch;
    }

    /// <summary>Waits until the expected number was seen, or the time is over. Where none is expected: the whole time.</summary>
    public async ValueTask Settle(bool async, TimeSpan wait, CancellationToken token)
    {
        if (async) await _enough.WaitAsync(wait, token).ConfigureAwait(false);
        else _enough.Wait(wait, token);
    }

    private void OnMatch(LogEvent matched)
    {
        // Not disposed with the counter: the listener may still be in this method then.
        if (Interlocked.Increment(ref _seen) == Math.Max(_expected, 1)) _enough.Release();
    }
}
