namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>Whether and when a model is asked again. Pure.</summary>
internal static class RetryPlan
{
    /// <summary>A server that wants to be left alone for longer is told about instead of being waited for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <param name="attempt">How many requests there were, from 1.</param>
    /// <param name="hasBegun">Part of the answer has been told: asking again would tell it twice.</param>
    /// <returns>Null: not again.</returns>
    public static TimeSpan? Next(ModelTrouble trouble, int attempt, int most, bool hasBegun)
    {
        if (!trouble.IsTransient || hasBegun || attempt >= most || trouble.RetryAfter > LongestWait)
        {
            return null;
        }

        var doubled = TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(attempt - 1, 16), Longest.Ticks));
        return trouble.RetryAfter is { } asked && asked > doubled ? asked : doubled;
    }
}
