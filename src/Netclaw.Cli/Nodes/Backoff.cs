namespace Netclaw.Cli.Nodes;

/// <summary>How long to wait before the next try: a second, doubled each time up to half a minute, a fifth more or less by chance so that a thousand nodes do not come back at once.</summary>
/// <param name="chance">From 0 up to 1, by chance.</param>
internal sealed class Backoff(Func<double> chance)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private const double Spread = 0.2;

    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        var wait = _next * (1 - Spread + (2 * Spread * chance()));
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks));
        return wait;
    }

    /// <summary>It was let in.</summary>
    public void Reset() => _next = First;
}
