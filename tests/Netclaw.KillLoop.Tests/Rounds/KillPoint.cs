namespace Netclaw.KillLoop.Rounds;

/// <summary>When one life of the daemon ends. Closed.</summary>
internal abstract record KillPoint
{
    private const int MostAcknowledged = 16;

    private static readonly TimeSpan LongestLoad = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestStop = TimeSpan.FromMilliseconds(300);

    private KillPoint()
    {
    }

    /// <summary>One in five during start, one in twelve during a stop, the others under load: most early, some deep in it.</summary>
    /// <param name="start">How long a start has taken lately.</param>
    public static KillPoint Draw(Random random, TimeSpan start)
    {
        var (kind, at) = (random.NextDouble(), random.NextDouble());
        return kind switch
        {
            < 0.2 => new DuringStart(start * 1.2 * at),
            < 0.28 => new DuringStop(LongestLoad * random.NextDouble(), LongestStop * at),
            _ => new UnderLoad(LongestLoad * random.NextDouble(), (int)(MostAcknowledged * at * at)),
        };
    }

    /// <param name="After">The process was started.</param>
    public sealed record DuringStart(TimeSpan After) : KillPoint;

    /// <param name="After">So long after the load began,</param>
    /// <param name="Acknowledged">and after so many changes, which makes it as deep on a slow machine as on a fast one.</param>
    public sealed record UnderLoad(TimeSpan After, int Acknowledged) : KillPoint;

    /// <param name="Load">From the begin of the load to the signal to stop.</param>
    /// <param name="After">The signal.</param>
    public sealed record DuringStop(TimeSpan Load, TimeSpan After) : KillPoint;
}
