namespace Netclaw.Actors.Cron;

/// <summary>Spreads jobs of one time over a stretch, each always by the same part of it.</summary>
internal static class CronStagger
{
    /// <summary>From zero up to, and without, <paramref name="stagger"/>, in whole milliseconds (FNV-1a of the key).</summary>
    public static TimeSpan Of(string key, TimeSpan stagger)
    {
        var span = (ulong)stagger.TotalMilliseconds;
        if (span == 0)
        {
            return TimeSpan.Zero;
        }

        var hash = 14695981039346656037UL;
        foreach (var letter in key)
        {
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        }

        return TimeSpan.FromMilliseconds((double)(hash % span));
    }
}
