using System.Globalization;

namespace Netclaw.Actors.Cron;

/// <summary>Times as schedules hold them.</summary>
internal static class CronTime
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <summary>Up to the year 9000: far enough, and nothing that is added to it runs over.</summary>
    public static bool IsTime(long unixMs) => unixMs is >= 0 and < 221_845_392_000_000;

    /// <summary>ISO 8601 with an offset or <c>Z</c>, or Unix milliseconds. A time without an offset is nobody's in particular and is refused.</summary>
    public static bool TryRead(string text, out DateTimeOffset time)
    {
        if (text.Length <= 15 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unixMs) && IsTime(unixMs))
        {
            time = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
            return true;
        }

        return DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
            && IsTime(time.ToUnixTimeMilliseconds());
    }
}
