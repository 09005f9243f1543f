namespace Akka.Actor;

/// <summary>How many restarts are allowed in how many milliseconds; negative is no limit.</summary>
internal readonly record struct RestartWindow(int Retries, int Milliseconds)
{
    public static int MillisecondsOf(TimeSpan? time) =>
        time is not { } set || set == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Min(set.TotalMilliseconds, int.MaxValue);
}

/// <summary>The restarts one child has had.</summary>
internal sealed class ChildRestartStats
{
    private int restarts;
    private TimeSpan? start;

    /// <summary>Counts a restart; false when it is one too many.</summary>
    public bool MayRestart(RestartWindow window, ITimeProvider clock)
    {
        if (window.Retries == 0)
            return false;
        if (window.Milliseconds <= 0)
            return window.Retries < 0 || ++restarts <= window.Retries;
        var allowed = window.Retries < 0 ? 1 : window.Retries;
        var now = clock.MonotonicClock;
        if (start is not { } since || now - since > TimeSpan.FromMilliseconds(window.Milliseconds))
        {
            start = now;
            restarts = 0;
        }

        return ++restarts <= allowed;
    }
}
